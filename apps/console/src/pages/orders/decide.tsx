import { useEffect, useRef } from 'preact/hooks';
import { makePlan, type PlanDecision, type PlanFilter } from '../../api/plans.js';
import type { Problem } from '../../api/problem.js';
import { Form, type Values } from '../../parts/form.js';
import { WHY } from '../../parts/why.js';
import { hrefOf } from '../../router.js';
import { t, tWord } from '../../text/t.js';

/** What can be decided about orders of a status. */
export const DECISIONS_BY_STATUS: Readonly<Partial<Record<string, readonly PlanDecision[]>>> = {
  unknown: ['fail', 'resend'],
  failed: ['replay', 'purge'],
  rejected: ['replay', 'purge'],
  cancelled: ['purge'],
  accepted: ['cancel'],
  retrying: ['cancel'],
};

/** What can be decided about some orders of these statuses. */
export function decisionsFor(statuses: readonly string[]): readonly PlanDecision[] {
  return [...new Set(statuses.flatMap((status) => DECISIONS_BY_STATUS[status] ?? []))];
}

/** The orders that a decision is about, and what can be decided. */
export interface Decided {
  readonly decisions: readonly PlanDecision[];
  readonly filter: PlanFilter;
}

/** Asks what to decide about many orders; the answer is a plan, which is looked at before it is run. */
export function DecideDialog({ decided, onClose }: { decided: Decided; onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const plan = async ({ decision = '', why = '' }: Values): Promise<Problem | undefined> => {
    const result = await makePlan(decision as PlanDecision, decided.filter, why);
    if (!result.ok) return result.problem;
    location.hash = hrefOf('plans', result.value.id);
    return undefined;
  };
  const choices = Object.fromEntries(decided.decisions.map((decision) => [decision, tWord('plan.decision', decision)]));
  return (
    <dialog ref={dialog} aria-label={t('plan.make')} onClose={onClose}>
      <h2>{t('plan.make')}</h2>
      <p class="quiet">{t('plan.make.hint')}</p>
      <Form
        fields={[{ name: 'decision', label: t('plan.what'), type: 'choice', choices }, WHY]}
        submit={t('plan.make.submit')}
        onSubmit={plan}
      />
      <button type="button" class="link" onClick={() => dialog.current?.close()}>
        {t('action.cancel')}
      </button>
    </dialog>
  );
}
