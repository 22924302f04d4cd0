import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { KeySource } from '../key-source.js';
import type { BuiltInScheme } from '../schemes.js';

type Kind = 'rsa' | 'ecdsa' | 'ed25519';
interface Pair {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

const GENERATE: Readonly<Record<Kind, () => Pair>> = {
  rsa: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  ecdsa: () => generateKeyPairSync('ec', { namedCurve: 'prime256v1' }),
  ed25519: () => generateKeyPairSync('ed25519'),
};
const pairs = new Map<string, Pair>();

/** A key pair made once per test file; `which` distinguishes several of a kind. */
export function pairFor(kind: Kind, which = 'first'): Pair {
  const name = `${kind} ${which}`;
  const pair = pairs.get(name) ?? GENERATE[kind]();
  pairs.set(name, pair);
  return pair;
}

export function privatePem(kind: Kind, which?: string): string {
  return String(pairFor(kind, which).privateKey.export({ format: 'pem', type: 'pkcs8' }));
}

export function publicPem(kind: Kind, which?: string): string {
  return String(pairFor(kind, which).publicKey.export({ format: 'pem', type: 'spki' }));
}

/** A key that suits the scheme. */
export function keyFor({ kind }: BuiltInScheme, which = 'first'): KeySource {
  return { text: kind === 'hmac' || kind === 'hash' ? `the ${which} secret` : privatePem(kind, which) };
}
