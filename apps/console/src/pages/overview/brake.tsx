import { useState } from 'preact/hooks';
import type { Problem } from '../../api/problem.js';
import { resumeSending, stopSending } from '../../api/sending.js';
import { Form, type Field, type Values } from '../../parts/form.js';
import { Section } from '../../parts/page.js';
import { WHY } from '../../parts/why.js';
import { t } from '../../text/t.js';

const SENT_UNTIL: Field = {
  name: 'sentUntil',
  label: t('overview.sent-until'),
  maxLength: 40,
  hint: t('overview.sent-until.hint'),
};

/** Stops sending in all processes, or resumes it, with a reason. */
export function Brake({ isResumable, onChange }: { isResumable: boolean; onChange: () => void }) {
  const [done, setDone] = useState('');
  const stop = async ({ why = '' }: Values): Promise<Problem | undefined> => {
    const result = await stopSending(why);
    if (!result.ok) return result.problem;
    setDone(t('overview.was-stopped'));
    onChange();
    return undefined;
  };
  const resume = async ({ why = '', sentUntil = '' }: Values): Promise<Problem | undefined> => {
    const result = await resumeSending(why, sentUntil);
    if (!result.ok) return result.problem;
    setDone(t('overview.was-resumed', { count: result.value.madeUnknown }));
    onChange();
    return undefined;
  };
  return (
    <Section title={t('overview.brake')}>
      <p role="status" class={done === '' ? 'for-readers' : 'note note-good'}>
        {done}
      </p>
      {isResumable ? (
        <details key="resume">
          <summary>{t('overview.resume')}</summary>
          <Form fields={[SENT_UNTIL, WHY]} submit={t('overview.resume')} isRisky clears onSubmit={resume} />
        </details>
      ) : (
        <details key="stop">
          <summary>{t('overview.stop')}</summary>
          <Form fields={[WHY]} submit={t('overview.stop')} isRisky clears onSubmit={stop} />
        </details>
      )}
    </Section>
  );
}
