import {
  blocks,
  SENTENCES_RU,
  summarise,
  THEMES,
  THEMES_RU,
  type CheckRow,
  type Finding,
} from '@vestibule/koshelek-kit';
import { adviceFor } from './advice.js';
import type { GoLiveCheck, GoLiveRun } from './go-live-answers.js';
import type { KeptResult, KeptRun } from './run-store.js';

/** A run in words, each check of the kit with what is known of it. */
export function runView({ results, ...run }: KeptRun): GoLiveRun {
  const found = new Map(results.map((result) => [result.id, result]));
  const checks = THEMES.flatMap(({ title, checks }) => checks.map((row) => checkView(title, row, found.get(row.id))));
  const { address, startedBy, startedAt, finishedAt, total, failure } = run;
  const conforms = conformity({ results, ...run });
  return { address, startedBy, startedAt, finishedAt, done: results.length, total, conforms, failure, checks };
}

/** Whether every documented rule holds; null where that is not known. */
export function conformity({ results, finishedAt, failure }: KeptRun): boolean | null {
  if (finishedAt === null || failure !== null) return null;
  const found = new Map(results.map((result) => [result.id, result]));
  return summarise(
    THEMES.flatMap(({ title, checks }) =>
      checks.flatMap((row) => {
        const result = found.get(row.id);
        return result === undefined ? [] : [{ theme: title, row, finding: findingOf(result) }];
      }),
    ),
  ).conforms;
}

function checkView(theme: string, row: CheckRow, result: KeptResult | undefined): GoLiveCheck {
  const isBlocking = result !== undefined && blocks({ row, finding: findingOf(result) });
  const isRed = result?.outcome === 'failed' || isBlocking;
  return {
    id: row.id,
    theme: { en: theme, ru: THEMES_RU[theme] ?? theme },
    sentence: { en: row.sentence, ru: SENTENCES_RU[row.id] ?? row.sentence },
    certainty: row.certainty,
    outcome: result?.outcome ?? 'waiting',
    blocks: isBlocking,
    expected: row.expected,
    said: result?.said ?? null,
    whatToDo: isRed ? adviceFor(row.id) : null,
  };
}

/** A finding as the kit judges it; the calls behind it are not kept. */
function findingOf({ outcome, said }: KeptResult): Finding {
  const evidence = [] as const;
  switch (outcome) {
    case 'passed':
      return { outcome, evidence };
    case 'failed':
      return { outcome, evidence, found: said ?? '' };
    case 'not-possible':
    case 'skipped':
      return { outcome, evidence, reason: said ?? '' };
  }
}
