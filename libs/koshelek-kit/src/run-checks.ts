import { THEMES } from './checks/index.js';
import { skipped, type Check, type CheckRow, type Finding } from './check.js';
import { Scenario, type KnownData } from './scenario.js';
import { Wallet, type Target } from './wallet.js';

/** A rule of the contract, and the result of its check. */
export interface CheckResult {
  readonly theme: string;
  readonly row: CheckRow;
  readonly finding: Finding;
}

export interface RunResult {
  /** In the order of the table. */
  readonly results: readonly CheckResult[];
  readonly calls: number;
}

export interface RunOptions {
  readonly known?: KnownData;
  /** Called after every check. */
  readonly onProgress?: (done: number, total: number, result: CheckResult) => void;
}

/**
 * Runs every check against a server, one call after the other: those that judge the whole run come last.
 *
 * @throws the reason of `target.signal`, once it is aborted
 */
export async function runChecks(target: Target, { known = {}, onProgress }: RunOptions = {}): Promise<RunResult> {
  const wallet = new Wallet(target);
  const scenario = new Scenario(wallet, known);
  const all = THEMES.flatMap(({ title, checks }) => checks.map((check) => ({ title, check })));
  const findings = new Map<Check, Finding>();
  for (const last of [false, true]) {
    for (const { title, check } of all.filter(({ check }) => (check.last ?? false) === last)) {
      target.signal?.throwIfAborted();
      const finding = await runCheck(check, scenario);
      findings.set(check, finding);
      onProgress?.(findings.size, all.length, { theme: title, row: check, finding });
    }
  }
  const results = all.flatMap(({ title, check }) => {
    const finding = findings.get(check);
    return finding === undefined ? [] : [{ theme: title, row: check, finding }];
  });
  return { results, calls: wallet.journal.length };
}

async function runCheck(check: Check, scenario: Scenario): Promise<Finding> {
  const { wallet } = scenario;
  if (check.method !== undefined && !wallet.offers(check.method)) {
    return skipped(`method ${check.method} is later than version ${wallet.target.apiVersion}`);
  }
  return check.run(scenario);
}

/** The number of checks per result; a run conforms when every [D] check passed or was not asked of this server. */
export interface Summary {
  readonly passed: number;
  /** Failed checks of [D] sentences. */
  readonly failed: number;
  /** Failed checks of [P] and [U] sentences. */
  readonly advisory: number;
  readonly notPossible: number;
  readonly skipped: number;
  readonly conforms: boolean;
}

/** Counts a run. */
export function summarise(results: readonly CheckResult[]): Summary {
  const count = (holds: (result: CheckResult) => boolean): number => results.filter(holds).length;
  const outcome = (wanted: Finding['outcome']) => (result: CheckResult) => result.finding.outcome === wanted;
  const failed = outcome('failed');
  return {
    passed: count(outcome('passed')),
    failed: count((result) => failed(result) && result.row.certainty === 'D'),
    advisory: count((result) => failed(result) && result.row.certainty !== 'D'),
    notPossible: count(outcome('not-possible')),
    skipped: count(outcome('skipped')),
    conforms: !results.some(blocks),
  };
}

/**
 * Whether a check counts against the server. So does a [D] check that was not possible: it is not known whether the
 * sentence holds.
 */
export function blocks({ row, finding }: Pick<CheckResult, 'row' | 'finding'>): boolean {
  return row.certainty === 'D' && (finding.outcome === 'failed' || finding.outcome === 'not-possible');
}
