import { jsonValueAt } from '../json-value-at.js';
import { arrangements, joined, joinedToSecret, type Pieces } from './arrangements.js';
import type { KnownPair } from './known-pair.js';

/** What stands for the body in a signed text. */
const CONTENTS = ['{body}', '{sortedBody}', '{md5(body)}', '{sha256(body)}'];
/** The same beside other parts of the request. */
const DIGESTED_CONTENTS = ['{body}', '{md5(body)}', '{sha256(body)}'];
/** A canonical text has at most so many pieces beside the body. */
const MOST_PIECES = 4;
/** One of each is signed at most. */
const EITHER = [
  ['{query}', '{sortedQuery}'],
  ['{date}', '{timestamp}'],
];
/** The names that a secret has among the sorted values of the root (Т-Банк: Password). */
const SECRET_FIELDS = ['Password', 'password', 'secret', 'secretKey', 'key', 'token'];
/** So many arrangements of plain values are tried at most: some seconds. */
const MOST_ARRANGEMENTS = 5_000;

/** The templates over the body alone. */
export function* bodyTemplates(): Generator<Pieces> {
  for (const content of [...CONTENTS, '{sortedRootValues}']) yield* joinedToSecret([content]);
}

/** The templates over the body and further parts of the request, the short ones first; a method stands in front. */
export function* canonicalTemplates({ request, isDated }: KnownPair): Generator<Pieces> {
  const others = [
    '{method}',
    '{path}',
    ...(request.query === '' ? [] : ['{query}']),
    ...(request.query.includes('&') ? ['{sortedQuery}'] : []),
    '{contentType}',
    ...(isDated ? ['{date}', '{timestamp}'] : []),
  ];
  for (const chosen of arrangements(others, MOST_PIECES)) {
    const method = chosen.indexOf('{method}');
    if (method > 0 || EITHER.some((pair) => pair.every((name) => chosen.includes(name)))) continue;
    for (const content of DIGESTED_CONTENTS) {
      for (let place = method + 1; place <= chosen.length; place += 1)
        yield* joined(chosen.toSpliced(place, 0, content));
    }
  }
}

/** The templates that hold the secret: what the `…-prefix`, `…-suffix` and `…-wrap` schemes cannot say. */
export function secretTemplates(): readonly Pieces[] {
  return SECRET_FIELDS.map((field) => [`{sortedRootValues(${field})}`]);
}

/** The templates over chosen plain values of the JSON body, as the older service of Инвойсбокс signs. */
export function* valueTemplates({ request }: KnownPair): Generator<Pieces> {
  const values = pathsOf(request.body).map((path) => `{json(${path})}`);
  let most = 0;
  for (let count = 1; most < values.length; most += 1) {
    count *= values.length - most;
    if (count > MOST_ARRANGEMENTS) break;
  }
  for (const chosen of arrangements(values, most)) yield* joinedToSecret(chosen);
}

/** The places of all plain values that `{json(…)}` can write. */
function pathsOf(body: Uint8Array): string[] {
  let root: unknown;
  try {
    root = JSON.parse(Buffer.from(body).toString());
  } catch {
    return [];
  }
  const paths: string[] = [];
  const walk = (value: unknown, path: readonly string[]): void => {
    if (typeof value === 'object' && value !== null) {
      for (const [name, inner] of Object.entries(value)) walk(inner, [...path, name]);
    } else if (path.every((name) => /^[\w-]+$/.test(name)) && jsonValueAt(body, path)) {
      paths.push(path.join('.'));
    }
  };
  walk(root, []);
  return paths;
}
