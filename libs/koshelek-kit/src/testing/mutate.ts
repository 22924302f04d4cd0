import { loyaltyError } from '@vestibule/koshelek-contract';
import type { Programme } from './programme.js';
import { errorReply, textReply, type Asked, type Breakage, type Reply } from './reference-server.js';

/** One rule, broken: the server that breaks it must fail exactly one check. */
export interface Mutation {
  readonly name: string;
  /** The id of the only check that must fail. */
  readonly fails: string;
  readonly breakage: Breakage;
}

export type When = (asked: Asked) => boolean;

/** Changes every answer that fits. */
export function changed(
  fails: string,
  name: string,
  when: When,
  change: (reply: Reply, asked: Asked) => void,
): Mutation {
  return { name, fails, breakage: { change: (reply, asked) => (when(asked) ? change(reply, asked) : undefined) } };
}

/** Changes the text of the answers that fit and that were carried out with a body. */
export function rewritten(fails: string, name: string, when: When, rewrite: (text: string) => string): Mutation {
  return changed(fails, name, when, (reply) => {
    if (reply.body.length > 0 && reply.status === 200) reply.body = Buffer.from(rewrite(reply.body.toString('utf8')));
  });
}

/** Answers instead of the correct answer, where it matches. */
export function instead(fails: string, name: string, when: When, answer: (asked: Asked) => Reply): Mutation {
  return { name, fails, breakage: { instead: (asked) => (when(asked) ? answer(asked) : undefined) } };
}

/** The same, before credentials are checked. */
export function beforeCredentials(fails: string, name: string, when: When, answer: (asked: Asked) => Reply): Mutation {
  return { name, fails, breakage: { beforeCredentials: (asked) => (when(asked) ? answer(asked) : undefined) } };
}

/** Refuses a correct request. */
export function refuses(fails: string, name: string, when: When): Mutation {
  return instead(fails, name, when, () => errorReply(loyaltyError('internalError')));
}

/** Accepts a wrong request. */
export function accepts(fails: string, name: string, when: When): Mutation {
  return instead(fails, name, when, () => textReply(''));
}

export const always: When = () => true;

export const method =
  (number: number, and: When = always): When =>
  (asked) =>
    asked.method === number && and(asked);

/** A search by exactly these parameters. */
export const searchBy =
  (...names: string[]): When =>
  ({ method: number, query }) =>
    number === 1 && Object.keys(query).join() === names.join();

export const unknownCard: When = ({ cardNumber, programme }) => !programme.holders.has(cardNumber);
export const knownCard: When = (asked) => !unknownCard(asked);

/** A body that contains this text. */
export const bodyHas =
  (part: string): When =>
  ({ text }) =>
    text.includes(part);

/** An earlier matching call with the same bytes. */
export function repeated(when: When): When {
  const seen = new WeakMap<Programme, Set<string>>();
  return (asked) => {
    if (!when(asked)) return false;
    const calls = seen.get(asked.programme) ?? new Set();
    seen.set(asked.programme, calls);
    const { method, cardNumber, query, text, headers } = asked;
    const key = JSON.stringify([method, cardNumber, query, text, headers.authorization]);
    const before = calls.has(key);
    calls.add(key);
    return before;
  };
}

/** The first call that fits. */
export function first(when: When): When {
  const seen = new WeakSet<Programme>();
  return (asked) => {
    if (!when(asked) || seen.has(asked.programme)) return false;
    seen.add(asked.programme);
    return true;
  };
}

export const either =
  (...whens: readonly When[]): When =>
  (asked) =>
    whens.some((when) => when(asked));
