import { IMPORT_KIND_NAMES } from '../../loyalty/import/kinds/index.js';
import {
  describeCalls,
  UUID,
  type CallShape,
  type DescribedCall,
  type DocumentRules,
} from '../../http/openapi/describe-calls.js';
import { DICTIONARY_NAMES } from '../../partner/catalog/dictionaries.js';
import type { ProblemName } from '../../http/problems/catalogue.js';
import type { OperatorRole } from '../../config/operator-roles.js';
import type { Json } from '../../http/schema/schema.js';
import { responsesOf } from './problem-responses.js';

/** The problems of a call that not every call has, by name. */
export type DescribedAdminCall = DescribedCall<readonly ProblemName[]>;

const RULES: DocumentRules<readonly ProblemName[]> = {
  inPath: {
    orders: ['The id of an order here.', UUID],
    plans: ['The id of a plan.', UUID],
    keys: ['The id of a key.', UUID],
    cards: ['The number of a card.', { type: 'string' }],
    'order-files': ['The hash of a file.', { type: 'string' }],
    dictionaries: ['Which one.', { type: 'string', enum: DICTIONARY_NAMES }],
    imports: ['The id of an import.', { type: 'string' }],
    import: ['What is imported.', { type: 'string', enum: IMPORT_KIND_NAMES }],
  },
  problemsOf: ({ verb, isPublic, takesQuery }: CallShape, own = []): Json => {
    const names: ProblemName[] = ['malformed-request', ...own];
    if (!isPublic) names.push('key-required', 'missing-role', 'wrong-address', 'too-many-failed-logins');
    if (!isPublic) names.push('database-unavailable');
    if (verb === 'post') {
      names.push('malformed-json', 'not-utf8', 'duplicate-key', 'body-too-large', 'unsupported-media-type');
    }
    if (verb === 'post' || takesQuery) names.push('validation-failed');
    return responsesOf([...new Set(names)]);
  },
};

/**
 * @param role what the key of an operator needs for all of these calls
 * @returns paths of the admin API, from calls by `verb /path`
 */
export function describeAdminCalls(
  tag: string,
  role: OperatorRole | 'any' | 'none',
  calls: Readonly<Record<string, DescribedAdminCall>>,
): Record<string, Json> {
  const noted = Object.entries(calls).map(([route, [operationId, summary, rest]]): [string, DescribedAdminCall] => {
    const more = role === 'none' ? {} : { 'x-role': role };
    return [route, [operationId, summary, { ...rest, isPublic: role === 'none', more: { ...more, ...rest.more } }]];
  });
  return describeCalls(RULES, tag, Object.fromEntries(noted));
}

/** Joins the paths of several tables: a path may have verbs in more than one. */
export function joinPaths(...tables: readonly Record<string, Json>[]): Record<string, Json> {
  const paths: Record<string, Json> = {};
  for (const [path, verbs] of tables.flatMap((table) => Object.entries(table))) {
    paths[path] = { ...paths[path], ...verbs };
  }
  return paths;
}
