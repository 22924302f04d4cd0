import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import {
  checkConfirmation,
  resolveOrder,
  type ConfirmationCheck,
  type Decision,
  type Order,
} from '../../api/orders.js';
import type { Problem } from '../../api/problem.js';
import { Form, type Values } from '../../parts/form.js';
import { Section } from '../../parts/page.js';
import { ProblemNote } from '../../parts/problem-note.js';
import { WHY } from '../../parts/why.js';
import { formatRoubles } from '../../text/format.js';
import { t } from '../../text/t.js';
import { nameOf } from './words.js';

type Choice = 'confirmed' | 'resend' | 'fail';

/** What was asked of Тройка Бизнес, and what it answered. */
interface Checked {
  readonly troikaOrderId: string;
  readonly check: ConfirmationCheck;
}

/** A person says what became of an unknown order. @param onDone gets a sentence about what was decided */
export function DecisionSection({ order, onDone }: { order: Order; onDone: (what: string) => void }) {
  const [choice, setChoice] = useState<Choice>();
  const [troikaOrderId, setTroikaOrderId] = useState('');
  const [checked, setChecked] = useState<Checked>();
  const [isSure, setSure] = useState(false);

  const decide = async ({ why = '' }: Values): Promise<Problem | undefined> => {
    const missing = missingOf({ choice, isSure, isChecked: checked?.troikaOrderId === troikaOrderId, troikaOrderId });
    if (missing !== undefined || choice === undefined) return refusal(missing ?? t('decision.choose'));
    const result = await resolveOrder(order.id, decisionOf(choice, troikaOrderId), why);
    if (!result.ok) return result.problem;
    onDone(t(`decision.done.${choice}`, { name: nameOf(order) }));
    return undefined;
  };

  return (
    <Section title={t('decision.title')}>
      <ChoiceRow choice="confirmed" chosen={choice} onChoose={setChoice} more={t('decision.confirmed.more')}>
        <IdCheck
          orderId={order.id}
          value={troikaOrderId}
          checked={checked?.troikaOrderId === troikaOrderId ? checked.check : undefined}
          onType={setTroikaOrderId}
          onChecked={(check) => setChecked({ troikaOrderId, check })}
        />
      </ChoiceRow>
      <ChoiceRow choice="resend" chosen={choice} onChoose={setChoice} more={doubleCost(checked)}>
        <Sure isSure={isSure} onChange={setSure} />
      </ChoiceRow>
      <ChoiceRow choice="fail" chosen={choice} onChoose={setChoice} />
      <Form
        fields={[WHY]}
        submit={t(`decision.submit.${choice ?? 'none'}`)}
        isRisky={choice === 'resend'}
        onSubmit={decide}
      />
    </Section>
  );
}

interface ChoiceProps {
  readonly choice: Choice;
  readonly chosen: Choice | undefined;
  readonly onChoose: (choice: Choice) => void;
  readonly more?: string;
  readonly children?: ComponentChildren;
}

/** One of the decisions; what it needs is shown once it is chosen. */
function ChoiceRow({ choice, chosen, onChoose, more, children }: ChoiceProps) {
  const id = useId();
  return (
    <div class="choice">
      <input id={id} type="radio" name="decision" checked={choice === chosen} onChange={() => onChoose(choice)} />
      <label for={id}>
        <strong>{t(`decision.${choice}`)}</strong> {more !== undefined && <span class="quiet">{more}</span>}
      </label>
      {choice === chosen && children !== undefined && <div class="more-of-choice">{children}</div>}
    </div>
  );
}

interface IdCheckProps {
  readonly orderId: string;
  readonly value: string;
  readonly checked: ConfirmationCheck | undefined;
  readonly onType: (value: string) => void;
  readonly onChecked: (check: ConfirmationCheck) => void;
}

/** The partner's id, and what Тройка Бизнес says of it. */
function IdCheck({ orderId, value, checked, onType, onChecked }: IdCheckProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<Problem>();
  // It is shown because a person has chosen it, and the id comes next.
  useLayoutEffect(() => input.current?.focus(), []);
  const check = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const result = await checkConfirmation(orderId, value);
    setProblem(result.ok ? undefined : result.problem);
    if (result.ok) onChecked(result.value);
  };
  return (
    <>
      <form class="id-check" noValidate onSubmit={(event) => void check(event)}>
        <div class="field">
          <label for={id}>{t('decision.id')}</label>
          <input
            ref={input}
            id={id}
            type="text"
            inputMode="numeric"
            autoComplete="off"
            maxLength={16}
            value={value}
            onInput={(event) => onType(event.currentTarget.value.trim())}
          />
        </div>
        <button type="submit">{t('decision.check')}</button>
      </form>
      <p role="status" class={checked === undefined ? 'for-readers' : `note ${toneOf(checked)}`}>
        {checked === undefined ? '' : sentenceOf(checked)}
      </p>
      {problem !== undefined && <ProblemNote problem={problem} />}
    </>
  );
}

function Sure({ isSure, onChange }: { isSure: boolean; onChange: (isSure: boolean) => void }) {
  const id = useId();
  return (
    <div class="sure">
      <input id={id} type="checkbox" checked={isSure} onChange={(event) => onChange(event.currentTarget.checked)} />
      <label for={id}>{t('decision.sure')}</label>
    </div>
  );
}

/** What is to be done before the decision can be sent. */
function missingOf(given: { choice: Choice | undefined; isSure: boolean; isChecked: boolean; troikaOrderId: string }) {
  const { choice, isSure, isChecked, troikaOrderId } = given;
  if (choice === undefined) return t('decision.choose');
  if (choice === 'confirmed' && (troikaOrderId === '' || !isChecked)) return t('decision.check.first');
  if (choice === 'resend' && !isSure) return t('decision.sure.first');
  return undefined;
}

function refusal(detail: string): Problem {
  return { status: 422, detail, fields: {} };
}

function decisionOf(choice: Choice, troikaOrderId: string): Decision {
  if (choice === 'confirmed') return { decision: 'confirmed', troikaOrderId };
  // oxlint-disable-next-line unicorn/no-thenable -- no promise: what an operator wants then
  return { decision: 'not-created', then: choice };
}

function doubleCost(checked: Checked | undefined): string {
  const expected = checked?.check.amount.expected ?? null;
  const cost = expected === null ? '' : t('decision.resend.cost', { amount: formatRoubles(expected) });
  return t('decision.resend.more', { cost });
}

function toneOf({ would, partner }: ConfirmationCheck): string {
  if (would === 'refuse') return 'note-bad';
  return partner.check === 'agrees' ? 'note-good' : '';
}

function sentenceOf({ would, because, partner, amount }: ConfirmationCheck): string {
  if (would === 'refuse') return t('decision.check.refuse', { because });
  if (partner.check !== 'agrees') return t('decision.check.unchecked');
  return t('decision.check.confirm', { amount: amount.atPartner === null ? '–' : formatRoubles(amount.atPartner) });
}
