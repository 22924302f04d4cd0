import { erasePerson, type Erasure } from '../../api/erasures.js';
import type { Problem } from '../../api/problem.js';
import { Form, type Field, type Values } from '../../parts/form.js';
import { Section } from '../../parts/page.js';
import { WHY } from '../../parts/why.js';
import { t } from '../../text/t.js';

const WORD = t('erasure.word');
const NOT_THE_WORD: Problem = { status: 422, detail: '', fields: { word: t('erasure.word.fault', { word: WORD }) } };
const FIELDS: readonly Field[] = [
  { name: 'word', label: t('erasure.word.label', { word: WORD }), required: true, maxLength: 20 },
  WHY,
];

/** The second question: it cannot be undone, so a word is typed and a reason given. */
export function ConfirmSection({ phone, onDone }: { phone: string; onDone: (erasure: Erasure) => void }) {
  const erase = async ({ word = '', why = '' }: Values): Promise<Problem | undefined> => {
    if (word.toUpperCase() !== WORD) return NOT_THE_WORD;
    const result = await erasePerson(phone, why);
    if (!result.ok) return result.problem;
    onDone(result.value);
    return undefined;
  };
  return (
    <Section title={t('erasure.confirm')}>
      <p>{t('erasure.for-good')}</p>
      <Form fields={FIELDS} submit={t('erasure.erase')} isRisky onSubmit={erase} />
    </Section>
  );
}
