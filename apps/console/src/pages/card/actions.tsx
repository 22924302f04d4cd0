import { useRef, useState } from 'preact/hooks';
import { adjustBalance, setBlocked, type AdjustmentRequest, type CardView } from '../../api/cards.js';
import type { Problem } from '../../api/problem.js';
import { Form, type Field, type Values } from '../../parts/form.js';
import { Section } from '../../parts/page.js';
import { formatChange, formatDecimal } from '../../text/format.js';

const WHY: Field = {
  name: 'why',
  label: 'Why',
  type: 'long',
  required: true,
  maxLength: 1_000,
  hint: 'Stays in the audit for good. No phones and no e-mails.',
};

const ADJUSTMENT: readonly Field[] = [
  { name: 'kind', label: 'What', type: 'choice', choices: { credit: 'Credit', debit: 'Debit' } },
  { name: 'amount', label: 'Bonuses', type: 'decimal', required: true, maxLength: 17, hint: 'For example 100.50' },
  {
    name: 'description',
    label: 'Description',
    required: true,
    maxLength: 255,
    hint: 'A credit: what the holder reads beside it.',
  },
  { name: 'validUntil', label: 'Valid until', type: 'date', hint: 'A credit only: its last day.' },
  WHY,
];

/** The gateway checks the rest; the form adds the sign. */
const AMOUNT = /^\d+(\.\d+)?$/;
const NO_AMOUNT: Problem = { status: 422, detail: '', fields: { amount: 'A number such as 100.50, without a sign.' } };

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
    <Section title="Actions">
      <p ref={note} role="status" tabIndex={-1} class={done === '' ? 'for-readers' : 'note note-good'}>
        {done}
      </p>
      <details>
        <summary>{isBlocked ? 'Unblock the card' : 'Block the card'}</summary>
        <BlockForm key={card.state} card={card} onDone={finish} />
      </details>
      <details>
        <summary>Adjust the balance</summary>
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
    onDone(blocks ? 'The card is blocked.' : `The card is ${result.value.state} again.`);
    return undefined;
  };
  const submit = blocks ? 'Block the card' : 'Unblock the card';
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
    onDone(`${formatChange(change)} bonuses. Available now: ${formatDecimal(after.available)}.`);
    return undefined;
  };
  return <Form fields={ADJUSTMENT} submit="Adjust the balance" isRisky clears onSubmit={adjust} />;
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
