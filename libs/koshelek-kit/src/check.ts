import type { Certainty } from '@vestibule/koshelek-contract';
import { describeAnswer, isCarriedOut, type Exchange } from './exchange.js';
import type { Member } from './members.js';
import type { Scenario } from './scenario.js';

/** The result of a check. */
export type Finding =
  | { readonly outcome: 'passed'; readonly evidence: readonly Exchange[] }
  | { readonly outcome: 'failed'; readonly found: string; readonly evidence: readonly Exchange[] }
  /** The server gave no means to find out. */
  | { readonly outcome: 'not-possible'; readonly reason: string; readonly evidence: readonly Exchange[] }
  /** Not asked of this server: an option was not given, a method is later than the agreed version or optional. */
  | { readonly outcome: 'skipped'; readonly reason: string; readonly evidence: readonly Exchange[] };

/** One rule of the contract, as the tables show it. */
export interface CheckRow {
  /** `theme.name`. */
  readonly id: string;
  /** What the contract says, in a line. */
  readonly sentence: string;
  /** `D` documented by the vendor, `P` seen at a partner, `U` unknown: only D decides about the run. */
  readonly certainty: Certainty;
  /** The number of the contract's method; absent if the rule is about all of them. */
  readonly method?: number;
  /** What the answer should have been. */
  readonly expected: string;
}

export interface Check extends CheckRow {
  /** Sees every call of the run, so it runs last. */
  readonly last?: true;
  readonly run: (scenario: Scenario) => Promise<Finding>;
}

export const passed = (...evidence: readonly Exchange[]): Finding => ({ outcome: 'passed', evidence });
export const failed = (found: string, ...evidence: readonly Exchange[]): Finding => ({
  outcome: 'failed',
  found,
  evidence,
});
export const notPossible = (reason: string, ...evidence: readonly Exchange[]): Finding => ({
  outcome: 'not-possible',
  reason,
  evidence,
});
export const skipped = (reason: string, ...evidence: readonly Exchange[]): Finding => ({
  outcome: 'skipped',
  reason,
  evidence,
});

/** Passed when the condition holds, otherwise failed with the answer. */
export function expectThat(holds: boolean, exchange: Exchange, ...before: readonly Exchange[]): Finding {
  return holds ? passed(...before, exchange) : failed(describeAnswer(exchange), ...before, exchange);
}

/** A check that needs the first holder. */
export function withMember(row: CheckRow, run: (scenario: Scenario, member: Member) => Promise<Finding>): Check {
  return {
    ...row,
    run: async (scenario) => {
      const issued = await scenario.member();
      return issued.ok ? run(scenario, issued.member) : notPossible(issued.reason, ...issued.evidence);
    },
  };
}

/** A check that needs both holders. */
export function withTwoMembers(
  row: CheckRow,
  run: (scenario: Scenario, member: Member, other: Member) => Promise<Finding>,
): Check {
  return withMember(row, async (scenario, member) => {
    const other = await scenario.otherMember();
    return other.ok ? run(scenario, member, other.member) : notPossible(other.reason, ...other.evidence);
  });
}

/** A check of an answer that an earlier call got, if that call was carried out. */
export function onAnswer(
  row: CheckRow,
  ask: (scenario: Scenario) => Promise<Exchange | undefined>,
  judge: (exchange: Exchange) => Finding,
): Check {
  return {
    ...row,
    run: async (scenario) => {
      const exchange = await ask(scenario);
      if (exchange === undefined) {
        const issued = await scenario.member();
        return issued.ok ? notPossible('no data to ask about') : notPossible(issued.reason, ...issued.evidence);
      }
      if (isCarriedOut(exchange)) return judge(exchange);
      return notPossible(`the call is not carried out (${describeAnswer(exchange)})`, exchange);
    },
  };
}
