import { useRef, useState } from 'preact/hooks';
import { adjustBalance, setBlocked, type AdjustmentRequest, type CardView } from '../../api/cards.js';
import type { Problem } from '../../api/problem.js';
import { Form, type Field, type Values } from '../../parts/form.js';
import { Section } from '../../parts/page.js';
import { WHY } from '../../parts/why.js';
import { formatChange, formatDecimal } from '../../text/format.js';
import { t, tWord } from '../../text/t.js';

const ADJUSTMENT: readonly Field[] = [
  {
    name: 'kind',
    label: t('actions.kind'),
    type: 'choice',
    choices: { credit: t('actions.credit'), debit: t('actions.debit') },
  },
  {
    name: 'amount',
    label: t('actions.amount'),
    type: 'decimal',
    required: true,
    maxLength: 17,
    hint: t('actions.amount.hint'),
  },
  {
    name: 'description',
    label: t('actions.description'),
    required: true,
    maxLength: 255,
    hint: t('actions.description.hint'),
  },
  { name: 'validUntil', label: t('actions.until'), type: 'date', hint: t('actions.until.hint') },
  WHY,
];

/** The gateway checks the rest; the form adds the sign. */
const AMOUNT = /^\d+(\.\d+)?$/;
const NO_AMOUNT: Problem = { status: 422, detail: '', fields: { amount: t('actions.amount.fault') } };

/** What an operator can do to a card, each with a reason. */
export function CardActions({ card, onChange }: { card: CardView; onChange: () => void }) {
  const [done, setDone] = useState('');
  const note = useRef<HTMLParagraphElement>(null);
  const finish = (what: string): void => {
    setDone(what);
    // The submitted form may be gone: keyboard focus continues from here.
    note.current?.focus();
    onChange();
  };
  const isBlocked = card.state === 'blocked';
  return (
    <Section title={t('actions.title')}>
      <p ref={note} role="status" tabIndex={-1} class={done === '' ? 'for-readers' : 'note note-good'}>
        {done}
      </p>
      <details>
        <summary>{t(isBlocked ? 'actions.unblock' : 'actions.block')}</summary>
        <BlockForm key={card.state} card={card} onDone={finish} />
      </details>
      <details>
        <summary>{t('actions.adjust')}</summary>
        <AdjustForm card={card} onDone={finish} />
      </details>
    </Section>
  );
}

interface ActionProps {
  readonly card: CardView;
  readonly onDone: (what: string) => void;
}

function BlockForm({ card, onDone }: ActionProps) {
  const blocks = card.state !== 'blocked';
  const change = async ({ why = '' }: Values): Promise<Problem | undefined> => {
    const result = await setBlocked(card.number, blocks, why);
    if (!result.ok) return result.problem;
    onDone(blocks ? t('actions.blocked') : t('actions.unblocked', { state: tWord('card.state', result.value.state) }));
    return undefined;
  };
  const submit = t(blocks ? 'actions.block' : 'actions.unblock');
  return <Form fields={[WHY]} submit={submit} isRisky={blocks} onSubmit={change} />;
}

function AdjustForm({ card, onDone }: ActionProps) {
  const keyFor = useIdempotencyKey();
  const adjust = async ({ kind, amount: typed = '', description = '', validUntil = '', why = '' }: Values) => {
    const amount = typed.replace(',', '.');
    if (!AMOUNT.test(amount)) return NO_AMOUNT;
    const request: AdjustmentRequest = {
      amount: kind === 'debit' ? `-${amount}` : amount,
      description,
      why,
      ...(validUntil === '' ? {} : { validUntil }),
    };
    const result = await adjustBalance(card.number, request, keyFor.of(request));
    if (!result.ok) return result.problem;
    keyFor.clear();
    const { amount: change, after } = result.value;
    onDone(t('actions.adjusted', { change: formatChange(change), available: formatDecimal(after.available) }));
    return undefined;
  };
  return <Form fields={ADJUSTMENT} submit={t('actions.adjust')} isRisky clears onSubmit={adjust} />;
}

/**
 * The same key for the same request until it is answered: a second click after a missing answer adjusts once. Another
 * request is another adjustment.
 */
function useIdempotencyKey() {
  const kept = useRef<{ request: string; key: string } | undefined>(undefined);
  return {
    of: (request: AdjustmentRequest): string => {
      const text = JSON.stringify(request);
      if (kept.current?.request !== text) kept.current = { request: text, key: newKey() };
      return kept.current.key;
    },
    clear: (): void => {
      kept.current = undefined;
    },
  };
}

/** Not `randomUUID`, which browsers offer only on HTTPS and loopback; the internal port may be neither. */
function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
