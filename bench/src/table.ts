import { ratios, summarise, type Summary } from './statistics.js';
import { VESTIBULE, type RowResult } from './rows/row.js';

/** One line of the table: the gateway against one rival. */
export interface Comparison {
  readonly row: string;
  readonly rival: string;
  readonly ratio: Summary;
  readonly goal: number;
  readonly reached: boolean;
  readonly vestibulePerSecond: Summary;
  readonly rivalPerSecond: Summary;
}

export function compare({ name, rivals, rounds }: RowResult): Comparison[] {
  const perSecond = (contestant: string): number[] => rounds.map((round) => round[contestant]?.perSecond ?? Number.NaN);
  return rivals.map(({ name: rival, goal }) => {
    const ratio = summarise(ratios(perSecond(VESTIBULE), perSecond(rival)));
    return {
      row: name,
      rival,
      ratio,
      goal,
      reached: ratio.median >= goal,
      vestibulePerSecond: summarise(perSecond(VESTIBULE)),
      rivalPerSecond: summarise(perSecond(rival)),
    };
  });
}

const HEAD = ['', 'against', 'ratio', 'min–max', 'goal', '', 'Vestibule', 'rival'];

/** The comparisons as a table for a terminal; the numbers per second are for orientation only. */
export function formatTable(comparisons: readonly Comparison[]): string {
  const lines = comparisons.map((comparison, index) => [
    comparison.row === comparisons[index - 1]?.row ? '' : comparison.row,
    comparison.rival,
    `${times(comparison.ratio.median)} ×`,
    `${times(comparison.ratio.min)}–${times(comparison.ratio.max)}`,
    `≥ ${comparison.goal}`,
    comparison.reached ? 'reached' : 'missed',
    `${perSecond(comparison.vestibulePerSecond.median)}/s`,
    `${perSecond(comparison.rivalPerSecond.median)}/s`,
  ]);
  const all = [HEAD, ...lines];
  const widths = HEAD.map((_, column) => Math.max(...all.map((line) => (line[column] ?? '').length)));
  return all
    .map((line) =>
      line
        .map((cell, column) =>
          column < 2 || column === 5 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function times(value: number): string {
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

/** A number of orders or requests with its thousands apart. */
export function perSecond(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}
