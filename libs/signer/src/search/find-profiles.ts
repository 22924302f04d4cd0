import type { KeySource } from '../key-source.js';
import { PRE_ENCODINGS, type PreEncoding } from '../profile.js';
import type { Pieces } from './arrangements.js';
import { type Candidate, candidatesOf } from './candidates.js';
import { bodyTemplates, canonicalTemplates, secretTemplates, valueTemplates } from './candidate-templates.js';
import type { KeyForm } from './key-forms.js';
import { type KnownPair, optionsOf, timesOf } from './known-pair.js';
import { pieceRenderer } from './render-pieces.js';

/** A profile that makes the signature of the pair. */
export interface FoundProfile {
  /** For `TROIKA_SIGNATURE`. */
  readonly signature: string;
  /** For `TROIKA_SIGNATURE_TEMPLATE`. */
  readonly template: string;
  readonly keyForm: KeyForm;
}

export interface ProfileSearch {
  /** The simplest first. */
  readonly found: readonly FoundProfile[];
  /** How many combinations were tried. */
  readonly tried: number;
}

/** More would not help to decide: another pair does. */
const MOST_FOUND = 5;

/** How many things of the request a template covers. */
const sizeOf = (pieces: Pieces): number => pieces.filter((piece) => piece.startsWith('{')).length;

/**
 * Finds the profiles that make a known signature: every built-in scheme that the key and the length of the signature
 * permit, every encoding, what is signed, and how the key is to be read. Each kind of template is
 * tried only if none before it fits. `external` is not tried.
 *
 * @throws SignatureError `key-unreadable`, `key-malformed`
 */
export async function findProfiles(pair: KnownPair, source: KeySource): Promise<ProfileSearch> {
  const candidates = candidatesOf(pair.signature, source);
  const shared = candidates.filter(({ wantsSecret }) => !wantsSecret);
  const stages: readonly [Iterable<Pieces>, readonly Candidate[], readonly PreEncoding[]][] = [
    [bodyTemplates(), shared, PRE_ENCODINGS],
    [secretTemplates(), candidates.filter(({ wantsSecret }) => wantsSecret), ['none']],
    [canonicalTemplates(pair), shared, ['none']],
    [valueTemplates(pair), shared, ['none']],
  ];
  let tried = 0;
  for (const [templates, able, preEncodings] of stages) {
    const stage = await tryAll(pair, templates, able, preEncodings);
    tried += stage.tried;
    if (stage.found.length > 0) return { found: stage.found, tried };
  }
  return { found: [], tried };
}

async function tryAll(
  pair: KnownPair,
  templates: Iterable<Pieces>,
  candidates: readonly Candidate[],
  preEncodings: readonly PreEncoding[],
): Promise<ProfileSearch> {
  const facts = { request: pair.request, times: timesOf(pair) };
  const render = pieceRenderer({ ...facts, secret: undefined });
  const found: FoundProfile[] = [];
  let tried = 0;
  let largest = Infinity;
  for (const pieces of candidates.length === 0 ? [] : templates) {
    // Templates get longer. Beside one that fits, only those that cover as much can mean the same.
    if (sizeOf(pieces) > largest) break;
    const shared = render(pieces);
    for (const candidate of candidates) {
      const message = candidate.wantsSecret
        ? pieceRenderer({ ...facts, secret: candidate.key.secret })(pieces)
        : shared;
      if (message === undefined) continue;
      for (const preEncoding of preEncodings) {
        tried += 1;
        const bytes = preEncoding === 'none' ? message : Buffer.from(message.toString('base64'));
        if (!(await candidate.key.verify([bytes], candidate.signature))) continue;
        largest = sizeOf(pieces);
        found.push(profileOf(pair, pieces.join(''), candidate, preEncoding));
        if (found.length === MOST_FOUND) return { found, tried };
      }
    }
  }
  return { found, tried };
}

function profileOf(
  pair: KnownPair,
  template: string,
  { name, encoding, keyForm }: Candidate,
  preEncoding: PreEncoding,
): FoundProfile {
  const encoded = preEncoding === 'none' ? '' : `;pre-encoding=${preEncoding}`;
  return { signature: `${name}:${encoding}${encoded}${optionsOf(pair, template)}`, template, keyForm };
}
