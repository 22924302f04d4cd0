import { runGoLiveCheck, type GoLive, type GoLiveRun, type TestMember } from '../../api/go-live.js';
import type { Problem } from '../../api/problem.js';
import { Bar } from '../../parts/bar.js';
import { Fact } from '../../parts/fact.js';
import { Form, type Field, type Values } from '../../parts/form.js';
import { Moment } from '../../parts/moment.js';
import { Section } from '../../parts/page.js';
import { t, tWord } from '../../text/t.js';

const MEMBER: readonly Field[] = [
  { name: 'card', label: t('golive.card'), maxLength: 50, hint: t('golive.card.hint') },
  { name: 'phone', label: t('golive.phone'), type: 'tel', maxLength: 50 },
  { name: 'blockedPhone', label: t('golive.blocked'), type: 'tel', maxLength: 50, hint: t('golive.blocked.hint') },
];

interface RunProps {
  readonly goLive: GoLive;
  readonly isAdmin: boolean;
  readonly onStart: () => void;
}

/** The conformance kit: what it does, its start, and how far it is. */
export function RunSection({ goLive: { address, addressFrom, canRun, run }, isAdmin, onStart }: RunProps) {
  const start = async (values: Values): Promise<Problem | undefined> => {
    const given = Object.entries(values).filter(([, value]) => value !== '');
    const result = await runGoLiveCheck(Object.fromEntries(given) as TestMember);
    if (!result.ok) return result.problem;
    onStart();
    return undefined;
  };
  const isRunning = run !== null && run.finishedAt === null;
  return (
    <Section title={t('golive.check')}>
      <p>{t('golive.check.what')}</p>
      {address !== null && (
        <p class="facts">
          <Fact title={t('golive.address')}>
            <span class="id">{address}</span>
          </Fact>
          {addressFrom === 'listener' && <span class="quiet">{t('golive.address.listener')}</span>}
        </p>
      )}
      {run !== null && <Outcome run={run} />}
      {!canRun && <p class="note">{t('golive.cannot')}</p>}
      {canRun && !isAdmin && <p class="quiet">{t('golive.not-admin')}</p>}
      {canRun && isAdmin && !isRunning && (
        <>
          <Form fields={[]} submit={t(run === null ? 'golive.run' : 'golive.again')} onSubmit={start} />
          <details>
            <summary>{t('golive.member')}</summary>
            <Form fields={MEMBER} submit={t('golive.run.member')} onSubmit={start} />
          </details>
        </>
      )}
    </Section>
  );
}

function Outcome({ run: { startedAt, startedBy, finishedAt, done, total, conforms, failure } }: { run: GoLiveRun }) {
  return (
    <>
      <p class="facts">
        <Fact title={t('golive.started')}>
          <Moment at={startedAt} />
        </Fact>
        <Fact title={t('golive.by')}>{startedBy}</Fact>
      </p>
      {finishedAt === null && <Bar label={t('golive.progress', { done, total })} value={done} of={total} />}
      <p role="status" class={noteClass(conforms, finishedAt)} data-testid="outcome">
        {finishedAt === null && t('golive.running')}
        {finishedAt !== null && failure !== null && t('golive.failed', { why: tWord('golive.failure', failure) })}
        {conforms === true && t('golive.conforms')}
        {conforms === false && t('golive.does-not-conform')}
      </p>
    </>
  );
}

function noteClass(conforms: boolean | null, finishedAt: string | null): string {
  if (finishedAt === null) return 'for-readers';
  return conforms === true ? 'note note-good' : 'note note-bad';
}
