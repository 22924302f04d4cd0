import { useMemo } from 'preact/hooks';
import type { Overview } from '../../api/overview.js';
import { Chart, type Series } from '../../parts/chart/chart.js';
import { Section } from '../../parts/page.js';
import { formatRoubles } from '../../text/format.js';
import { t } from '../../text/t.js';

/** The guarantee fund over time, with the marks under which people are warned and orders wait. */
export function Fund({ fund }: { fund: Overview['fund'] }) {
  const { readings, low, floor } = fund;
  const at = useMemo(() => readings.map((reading) => Date.parse(reading.at) / 1_000), [readings]);
  const series = useMemo((): Series[] => {
    const roubles = (value: number): string => formatRoubles(Math.round(value * 100) / 100);
    const amounts = readings.map(({ amount }) => (Number.isNaN(Number(amount)) ? null : Number(amount)));
    const mark = (label: string, colour: 'bad' | 'warn', value: string | null): Series[] =>
      value === null
        ? []
        : [{ label, colour, values: readings.map(() => Number(value)), format: roubles, isMark: true }];
    return [
      { label: t('overview.fund.left'), colour: 'accent', values: amounts, format: roubles },
      ...mark(t('overview.fund.low-mark'), 'warn', low),
      ...mark(t('overview.fund.floor-mark'), 'bad', floor),
    ];
  }, [readings, low, floor]);
  return (
    <Section title={t('overview.fund')}>
      {readings.length === 0 ? (
        <p class="quiet">{t('overview.fund.none')}</p>
      ) : (
        <Chart title={t('overview.fund.chart')} at={at} series={series} fromZero={false} />
      )}
    </Section>
  );
}
