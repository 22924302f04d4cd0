import { summarise, type CheckResult, type Finding, type RunResult } from '@vestibule/koshelek-kit';
import { exchangeText } from './exchange-text.js';

const MARKS: Readonly<Record<Finding['outcome'], string>> = {
  passed: '✓',
  failed: '✗',
  'not-possible': '?',
  skipped: '–',
};

/** The table of a run, the failures in full, and the totals. */
export function terminalReport({ results, calls }: RunResult): string {
  const width = Math.max(...results.map(({ row }) => row.id.length));
  const lines: string[] = [];
  let theme = '';
  for (const result of results) {
    if (result.theme !== theme) {
      theme = result.theme;
      lines.push('', theme);
    }
    lines.push(tableLine(result, width));
  }
  const wrong = results.filter(({ finding }) => finding.outcome === 'failed');
  if (wrong.length > 0) lines.push('', 'Findings', ...wrong.flatMap(details));
  const { passed, failed, advisory, notPossible, skipped, conforms } = summarise(results);
  lines.push(
    '',
    `${calls} calls. Checks: ${passed} passed, ${failed} failed, ${advisory} failed of [P] and [U] (they do not count), ` +
      `${notPossible} not possible, ${skipped} not asked.`,
    conforms ? 'Every [D] check passed.' : whyNot(results),
    '',
  );
  return lines.join('\n');
}

function tableLine({ row, finding }: CheckResult, width: number): string {
  const method = row.method === undefined ? '  ' : String(row.method).padStart(2);
  const line = `  ${MARKS[finding.outcome]} [${row.certainty}] ${method}  ${row.id.padEnd(width)}  ${row.sentence}`;
  switch (finding.outcome) {
    case 'passed':
    case 'failed':
      return line;
    case 'not-possible':
    case 'skipped': {
      const label = finding.outcome === 'skipped' ? 'not asked' : 'not possible';
      return `${line}\n${' '.repeat(width + 15)}${label}: ${finding.reason}`;
    }
  }
}

function details({ row, finding }: CheckResult): string[] {
  if (finding.outcome !== 'failed') return [];
  const evidence = finding.evidence.map(exchangeText).join('\n\n');
  return [
    '',
    `✗ [${row.certainty}] ${row.id}: ${row.sentence}`,
    `  expected: ${row.expected}`,
    `  found:    ${finding.found}`,
    ...(evidence === '' ? [] : ['', ...evidence.split('\n').map((line) => (line === '' ? '' : `    ${line}`))]),
  ];
}

function whyNot(results: readonly CheckResult[]): string {
  const named = (outcome: Finding['outcome']): string =>
    results
      .filter(({ row, finding }) => row.certainty === 'D' && finding.outcome === outcome)
      .map(({ row }) => row.id)
      .join(', ');
  const [failed, notPossible] = [named('failed'), named('not-possible')];
  const parts = [failed && `[D] failed: ${failed}`, notPossible && `[D] not possible: ${notPossible}`];
  return parts.filter(Boolean).join('\n');
}
