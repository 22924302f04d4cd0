import { useMemo } from 'preact/hooks';
import type { TrafficPoint } from '../../api/overview.js';
import { Chart } from '../../parts/chart/chart.js';
import { Fact } from '../../parts/fact.js';
import { Section } from '../../parts/page.js';
import { formatNumber } from '../../text/format.js';
import { t } from '../../text/t.js';

export interface TrafficProps {
  readonly title: string;
  readonly points: readonly TrafficPoint[];
  readonly stepMinutes: number;
}

const duration = (ms: number): string => t('traffic.ms', { ms: formatNumber(ms) });

/** One direction: how many calls, how many that failed, and how long they took. */
export function Traffic({ title, points, stepMinutes }: TrafficProps) {
  const at = useMemo(() => points.map((point) => Date.parse(point.at) / 1_000), [points]);
  const counts = useMemo(
    () => [
      {
        label: t('traffic.calls'),
        colour: 'accent' as const,
        values: points.map(({ calls }) => calls / stepMinutes),
        format: formatNumber,
      },
      {
        label: t('traffic.failed'),
        colour: 'bad' as const,
        values: points.map(({ failed }) => failed / stepMinutes),
        format: formatNumber,
      },
    ],
    [points],
  );
  const durations = useMemo(
    () => [
      {
        label: t('traffic.p95'),
        colour: 'warn' as const,
        values: points.map(({ p95Ms }) => p95Ms),
        format: duration,
      },
    ],
    [points],
  );
  const sum = (of: 'calls' | 'failed'): number => points.reduce((total, point) => total + point[of], 0);
  const [calls, failed] = [sum('calls'), sum('failed')];
  return (
    <Section title={title}>
      {calls === 0 ? (
        <p class="quiet">{t('traffic.none')}</p>
      ) : (
        <>
          <p class="facts">
            <Fact title={t('traffic.all')}>{formatNumber(calls)}</Fact>
            <Fact title={t('traffic.failed-all')}>
              <span class={failed > 0 ? 'bad-cell' : ''}>
                {formatNumber(failed)} ({formatNumber((failed / calls) * 100)} %)
              </span>
            </Fact>
          </p>
          <Chart title={t('traffic.per-minute')} at={at} series={counts} fromZero />
          <Chart title={t('traffic.durations')} at={at} series={durations} fromZero />
        </>
      )}
    </Section>
  );
}
