import { isCardNumber } from './fields/card-number.js';
import { LOYALTY_METHODS, type LoyaltyMethod } from './methods.js';

/** What a verb and a path mean. `cardNumber` is there when the path of the method has one, percent-decoded. */
export type LoyaltyRoute<M extends LoyaltyMethod = LoyaltyMethod> =
  | { readonly kind: 'method'; readonly method: M; readonly cardNumber?: string }
  | { readonly kind: 'unknown-path' }
  | { readonly kind: 'wrong-verb'; readonly allowed: readonly string[] }
  | { readonly kind: 'bad-card-number'; readonly method: M };

interface PathNode<M> {
  readonly fixed: Map<string, PathNode<M>>;
  variable?: PathNode<M>;
  readonly byVerb: Map<string, M>;
}

const UNKNOWN_PATH = { kind: 'unknown-path' } as const;

/**
 * Builds a matcher over a table of methods. In each segment a fixed text wins over `{cardNumber}`, without
 * backtracking: `/card/anonymous/communication` is card number "communication" of method 7, and a card number cannot be
 * "anonymous" (koshelek-loyalty.md, "Methods").
 *
 * @param methods the table; two rows may share a path but not a verb on it
 * @returns a function of the verb (upper case) and the path below `/v1` without the query, still percent-encoded. It
 *   never throws: a path that is not valid percent-encoded UTF-8 is unknown, unless only the card number is damaged:
 *   that is a bad card number.
 */
export function loyaltyRouter<M extends LoyaltyMethod>(
  methods: readonly M[],
): (verb: string, pathAfterV1: string) => LoyaltyRoute<M> {
  const root = buildTree(methods);
  return (verb, pathAfterV1) => match(root, verb, pathAfterV1);
}

/** `loyaltyRouter` over `LOYALTY_METHODS`. */
export const matchLoyaltyRoute = loyaltyRouter<(typeof LOYALTY_METHODS)[number]>(LOYALTY_METHODS);

function emptyNode<M>(): PathNode<M> {
  return { fixed: new Map(), byVerb: new Map() };
}

function buildTree<M extends LoyaltyMethod>(methods: readonly M[]): PathNode<M> {
  const root = emptyNode<M>();
  for (const method of methods) {
    let node = root;
    for (const segment of method.path.slice(1).split('/')) {
      if (segment === '{cardNumber}') {
        node = node.variable ??= emptyNode();
        continue;
      }
      const next = node.fixed.get(segment) ?? emptyNode<M>();
      node.fixed.set(segment, next);
      node = next;
    }
    for (const verb of method.verbs) {
      if (node.byVerb.has(verb)) throw new Error(`two methods claim ${verb} ${method.path}`);
      node.byVerb.set(verb, method);
    }
  }
  return root;
}

function match<M extends LoyaltyMethod>(root: PathNode<M>, verb: string, path: string): LoyaltyRoute<M> {
  if (!path.startsWith('/')) return UNKNOWN_PATH;
  let node = root;
  let cardNumber: string | undefined;
  let badCardNumber = false;
  // One slash at the end means nothing; clients that join paths produce it.
  for (const raw of path.slice(1, path.length > 1 && path.endsWith('/') ? -1 : undefined).split('/')) {
    const segment = decodeSegment(raw);
    const fixed = segment === undefined ? undefined : node.fixed.get(segment);
    if (fixed) {
      node = fixed;
      continue;
    }
    if (!node.variable || segment === '') return UNKNOWN_PATH;
    node = node.variable;
    if (isCardNumber(segment)) cardNumber = segment;
    else badCardNumber = true;
  }
  if (node.byVerb.size === 0) return UNKNOWN_PATH;
  const method = node.byVerb.get(verb);
  if (!method) return { kind: 'wrong-verb', allowed: [...node.byVerb.keys()] };
  if (badCardNumber) return { kind: 'bad-card-number', method };
  return cardNumber === undefined ? { kind: 'method', method } : { kind: 'method', method, cardNumber };
}

/** The text of a percent-encoded segment, or `undefined` when it is not percent-encoded UTF-8. */
function decodeSegment(raw: string): string | undefined {
  if (!raw.includes('%')) return raw;
  try {
    return decodeURIComponent(raw);
  } catch {
    // The only thing it throws is the URIError of a malformed sequence.
    return undefined;
  }
}
