import { useEffect, useRef, useState } from 'preact/hooks';
import { formatMoment } from '../../text/format.js';
import { t } from '../../text/t.js';
import { Table, type Column } from '../table.js';
import { readColours, useIsDark, type ThemeColour } from './colours.js';
import type { Drawing } from './draw.js';

/** A line of a chart, with a value for each moment. */
export interface Series {
  readonly label: string;
  readonly colour: ThemeColour;
  readonly values: readonly (number | null)[];
  readonly format: (value: number) => string;
  /** A limit that the others are measured by: it is thin, dashed and not in the table. */
  readonly isMark?: boolean;
}

export interface ChartData {
  /** In seconds since 1970. */
  readonly at: readonly number[];
  readonly series: readonly Series[];
  /** Whether the axis begins at zero; otherwise a little below the least value. */
  readonly fromZero: boolean;
}

export interface ChartProps extends ChartData {
  readonly title: string;
}

/**
 * Values over time: drawn for the eye, and as a table for everyone else. What draws it is loaded with the first chart, so
 * that pages without one are not slower.
 */
export function Chart({ title, ...data }: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const [index, setIndex] = useState<number | null>(null);
  const drawing = useDrawing(place, data, setIndex);
  useEffect(() => drawing.current?.update(data), [data.at, data.series]);
  return (
    <figure class="chart">
      <figcaption>
        <strong>{title}</strong>
        <Legend data={data} index={index} />
      </figcaption>
      <div ref={place} class="chart-place" aria-hidden="true" />
      <ValueTable title={title} {...data} />
    </figure>
  );
}

/** The names of the lines, with the last value of each, or the one under the pointer. */
function Legend({ data: { at, series }, index }: { data: ChartData; index: number | null }) {
  const shown = index ?? at.length - 1;
  const moment = at[shown];
  return (
    <span class="legend">
      {series.map(({ label, colour, values, format }) => (
        <span key={label}>
          <span class={`swatch swatch-${colour}`} aria-hidden="true" />
          {label} <span class="number">{valueText(values[shown], format)}</span>
        </span>
      ))}
      {index !== null && moment !== undefined && (
        <span class="quiet" aria-hidden="true">
          {formatMoment(isoOf(moment))}
        </span>
      )}
    </span>
  );
}

interface Row {
  readonly at: number;
  readonly values: readonly (number | null | undefined)[];
}

/** The newest first, as one reads a list; nothing is made of it before it is opened. */
function ValueTable({ title, at, series }: ChartProps) {
  const [isOpen, setOpen] = useState(false);
  const lines = series.filter(({ isMark = false }) => !isMark);
  const columns: Column<Row>[] = [
    { title: t('audit.when'), show: (row) => formatMoment(isoOf(row.at)) },
    ...lines.map(({ label, format }, line): Column<Row> => ({
      title: label,
      show: ({ values }) => valueText(values[line], format),
      isNumber: true,
    })),
  ];
  const rows = at
    .map((moment, index) => ({ at: moment, values: lines.map(({ values }) => values[index]) }))
    .toReversed();
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary aria-label={t('chart.table-of', { title })}>{t('chart.table')}</summary>
      {isOpen && (
        <Table caption={title} columns={columns} rows={rows} keyOf={(row) => String(row.at)} empty={t('chart.none')} />
      )}
    </details>
  );
}

function useDrawing(
  place: { current: HTMLDivElement | null },
  data: ChartData,
  onPoint: (index: number | null) => void,
): { readonly current: Drawing | undefined } {
  const drawing = useRef<Drawing | undefined>(undefined);
  const latest = useRef(data);
  latest.current = data;
  const isDark = useIsDark();
  const lines = data.series.map(({ label }) => label).join('|');
  useEffect(() => {
    const element = place.current;
    if (element === null) return undefined;
    let isGone = false;
    const follow = new ResizeObserver(() => drawing.current?.resize(element.clientWidth));
    void import('./draw.js').then(({ Drawing: Drawn }) => {
      if (isGone) return;
      drawing.current = new Drawn(element, latest.current, readColours(element), onPoint);
      follow.observe(element);
    });
    return () => {
      isGone = true;
      follow.disconnect();
      drawing.current?.remove();
      drawing.current = undefined;
    };
  }, [isDark, lines]);
  return drawing;
}

function valueText(value: number | null | undefined, format: Series['format']): string {
  return value === null || value === undefined ? '–' : format(value);
}

function isoOf(secs: number): string {
  return new Date(secs * 1_000).toISOString();
}
