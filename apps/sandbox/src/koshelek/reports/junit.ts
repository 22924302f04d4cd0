import {
  blocks,
  summarise,
  type CheckResult,
  type CheckRow,
  type Finding,
  type RunResult,
} from '@vestibule/koshelek-kit';
import { exchangeText } from './exchange-text.js';

/** What XML 1.0 cannot hold, escaped or not: most control characters, lone surrogates, two non-characters. */
const NOT_XML = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

/**
 * The run as JUnit XML: a suite for each theme. Only a [D] check can fail; a [P] or [U] check that did not hold is
 * reported as skipped, with its finding, because it does not decide the run.
 */
export function junitReport({ results }: RunResult): string {
  const themes = [...new Set(results.map(({ theme }) => theme))];
  const suites = themes.map((theme) =>
    suite(
      theme,
      results.filter((result) => result.theme === theme),
    ),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="koshelek">\n${suites.join('\n')}\n</testsuites>\n`;
}

function suite(theme: string, results: readonly CheckResult[]): string {
  const failures = results.filter(blocks).length;
  const skipped = results.length - failures - summarise(results).passed;
  const counts = `tests="${results.length}" failures="${failures}" errors="0" skipped="${skipped}"`;
  return `  <testsuite name="${escape(theme)}" ${counts}>\n${results.map(testCase).join('\n')}\n  </testsuite>`;
}

function testCase({ theme, row, finding }: CheckResult): string {
  const name = `${row.id} [${row.certainty}] ${row.sentence}`;
  const open = `    <testcase classname="${escape(theme)}" name="${escape(name)}"`;
  const evidence = finding.evidence.map(exchangeText).join('\n\n');
  if (finding.outcome === 'passed') return `${open}/>`;
  const message = messageOf(row, finding);
  const element = blocks({ row, finding })
    ? `<failure message="${escape(message)}">${escape(evidence)}</failure>`
    : `<skipped message="${escape(message)}"/>`;
  return `${open}>\n      ${element}\n    </testcase>`;
}

function messageOf({ certainty, expected }: CheckRow, finding: Exclude<Finding, { outcome: 'passed' }>): string {
  switch (finding.outcome) {
    case 'failed':
      return `[${certainty}] expected: ${expected}; found: ${finding.found}`;
    case 'not-possible':
      return `not possible: ${finding.reason}`;
    case 'skipped':
      return `not asked: ${finding.reason}`;
  }
}

function escape(text: string): string {
  return text
    .replaceAll(NOT_XML, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
