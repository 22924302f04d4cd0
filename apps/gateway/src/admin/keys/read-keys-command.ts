import { parseArgs } from 'node:util';
import type { NewKey } from '../../api-keys/make-key.js';
import type { Rotation } from '../../api-keys/rotate-key.js';
import type { Actor } from '../../audit/actor.js';
import { ProblemError } from '../../http/problem.js';
import { isUuid } from '../../http/uuid.js';
import { readKeyRequest, readRevocationRequest, readRotationRequest } from './key-requests.js';

export type KeysCommand =
  | { readonly kind: 'help' }
  | { readonly kind: 'fault'; readonly faults: readonly string[] }
  | { readonly kind: 'list' }
  | { readonly kind: 'make'; readonly key: NewKey; readonly actor: Actor }
  | { readonly kind: 'rotate'; readonly id: string; readonly rotation: Rotation; readonly actor: Actor }
  | { readonly kind: 'revoke'; readonly id: string; readonly actor: Actor };

export const KEYS_USAGE = `usage: node apps/gateway/dist/keys.js COMMAND

  list                                   every key of the database, without secrets
  make --audience orders --name NAME     a key for a producer: [--scopes orders:write,orders:read,…]
  make --audience admin --name NAME --role ROLE
                                         a key for an operator: office, viewer, operator or admin
  make --audience callbacks --name NAME  what callbacks to the producer NAME are signed with
  rotate ID [--overlap-secs N]           a new secret for a key; the old one opens, or signs too, for N
                                         seconds more (86400)
  revoke ID                              ends a key at once

  --expires-at MOMENT                    with make and rotate: such as 2026-12-31T00:00:00Z
  --addresses LIST                       with make: the addresses and networks it may be used from
  --why TEXT                             kept in the audit

A new secret is printed once, and kept nowhere. DATABASE_URL (or DATA_DIR) says where the keys are; REQUEST_HASH_KEY
is that of the gateway. Exit code 0: done; 1: it failed; 2: not understood.`;

const OPTIONS = {
  audience: { type: 'string' },
  name: { type: 'string' },
  scopes: { type: 'string' },
  role: { type: 'string' },
  'expires-at': { type: 'string' },
  addresses: { type: 'string' },
  'overlap-secs': { type: 'string' },
  why: { type: 'string' },
  help: { type: 'boolean' },
} as const;

/** Reads the words behind the name of the program, by the rules of the calls. @param who for the audit */
export function readKeysCommand(args: readonly string[], who: string): KeysCommand {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
    const [name = '', id, ...rest] = positionals;
    if (values.help === true || name === 'help') return { kind: 'help' };
    if (rest.length > 0) return fault('There are too many words; put the reason in quotes.');
    const { help: _, addresses, 'expires-at': expiresAt, 'overlap-secs': overlap, ...named } = values;
    const body = {
      ...named,
      expiresAt,
      addresses: addresses?.split(',').map((item) => item.trim()),
      overlapSecs: overlap === undefined ? undefined : Number(overlap),
    };
    switch (name) {
      case 'list':
        return { kind: 'list' };
      case 'make':
        return { kind: 'make', ...readKeyRequest(body, who) };
      case 'rotate':
        return isUuid(id ?? '')
          ? { kind: 'rotate', id: id ?? '', ...readRotationRequest(body, who) }
          : fault('Which key? Its id is in the list.');
      case 'revoke':
        return isUuid(id ?? '')
          ? { kind: 'revoke', id: id ?? '', actor: readRevocationRequest(body, who) }
          : fault('Which key? Its id is in the list.');
      default:
        return fault(name === '' ? 'Which command?' : `There is no command ${name}.`);
    }
  } catch (error) {
    if (!(error instanceof ProblemError)) return fault((error as Error).message);
    const { errors = [], detail } = error.problem;
    return { kind: 'fault', faults: errors.length === 0 ? [detail] : errors.map(sentenceOf) };
  }
}

function sentenceOf({ pointer, detail }: { readonly pointer: string; readonly detail: string }): string {
  const option = pointer.slice(1).replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return `--${option}: ${detail}`;
}

function fault(sentence: string): KeysCommand {
  return { kind: 'fault', faults: [sentence] };
}
