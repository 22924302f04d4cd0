import { useId, useState } from 'preact/hooks';
import { runPlan, type Plan } from '../../api/plans.js';
import type { Problem } from '../../api/problem.js';
import { Form, type Values } from '../../parts/form.js';
import { Section } from '../../parts/page.js';
import { formatDecimal, formatRoubles } from '../../text/format.js';
import { t } from '../../text/t.js';

/** Asks whether a plan is to be run: its count is repeated, and where orders may be paid twice, that is asked as well. */
export function RunSection({ plan, onChange }: { plan: Plan; onChange: (plan: Plan) => void }) {
  const { id, count, decision, roubles, state } = plan;
  const [isSure, setSure] = useState(false);
  const sureId = useId();
  const isDouble = decision === 'resend';
  const title = t(state === 'stopped' ? 'plan.run.again' : 'plan.run');
  const run = async ({ count: given = '' }: Values): Promise<Problem | undefined> => {
    const digits = given.replaceAll(/\D/g, '');
    if (digits !== String(count)) return faultOf(t('plan.count.wrong', { count: formatDecimal(String(count)) }));
    if (isDouble && !isSure) return { status: 422, detail: t('plan.sure.first'), fields: {} };
    const result = await runPlan(id, count, plan.why ?? '');
    if (!result.ok) return result.problem;
    onChange(result.value);
    return undefined;
  };
  if (count === 0) return <p class="note">{t('plan.nothing')}</p>;
  return (
    <Section title={title}>
      {isDouble && (
        <div class="note note-bad">
          <p>{t('plan.double', { amount: formatRoubles(roubles) })}</p>
          <div class="sure">
            <input
              id={sureId}
              type="checkbox"
              checked={isSure}
              onChange={(event) => setSure(event.currentTarget.checked)}
            />
            <label for={sureId}>{t('plan.sure')}</label>
          </div>
        </div>
      )}
      <Form
        fields={[{ name: 'count', label: t('plan.count'), type: 'decimal', required: true, maxLength: 12 }]}
        submit={title}
        isRisky={isDouble || decision === 'purge'}
        onSubmit={run}
      />
    </Section>
  );
}

function faultOf(detail: string): Problem {
  return { status: 422, detail, fields: { count: detail } };
}
