import type pg from 'pg';
import { makeKey } from '../../api-keys/make-key.js';
import { includesRole, OPERATOR_ROLES, type OperatorRole } from '../../config/operator-roles.js';
import { ORDER_SCOPES, type OrderScope } from '../../config/order-scopes.js';
import { TEST_SEAL } from '../../testing/seal.js';
import type { Permission } from './permissions.js';

/** Someone who calls, and what they may do. */
export interface Caller {
  readonly name: string;
  readonly authorization?: string;
  readonly rights: 'none' | 'wallet' | { readonly scopes: readonly OrderScope[] } | { readonly role: OperatorRole };
}

/** The two producers: one has placed an order, the other has not. */
export const PRODUCERS = { shop: 'the-key-of-the-shop', other: 'the-key-of-another-producer' } as const;
const PASSWORD = 'a-password-of-the-wallet';
const OPS = 'a-key-of-an-operator';

/** Producers whose keys have one scope each. */
const SCOPED = ORDER_SCOPES.map((scope) => ({ scope, name: scope.replace(':', '-'), secret: `a-key-for-${scope}` }));

/** The settings in which these callers stand; wrong keys are not slowed down. */
export const CALLERS_ENV = {
  KOSHELEK_CREDENTIALS: `wallet:${PASSWORD}`,
  ADMIN_API_KEYS: `ops:${OPS}`,
  ORDERS_API_KEYS: [
    ...Object.entries(PRODUCERS).map(([name, secret]) => `${name}:${secret}`),
    ...SCOPED.map(({ name, secret }) => `${name}:${secret}`),
  ].join(','),
  ORDERS_API_KEY_SCOPES: SCOPED.map(({ name, scope }) => `${name}=${scope}`).join(','),
  LOGIN_FAILURES_PER_ADDRESS: '1000000',
  LOGIN_FAILURES_TOTAL: '1000000',
};

export const bearer = (secret: string): string => `Bearer ${secret}`;
const basic = (password: string): string => `Basic ${Buffer.from(`wallet:${password}`).toString('base64')}`;

/** Makes the operators' keys in the database. @returns one caller of each sort */
export async function makeCallers(pool: pg.Pool): Promise<Caller[]> {
  const actor = { who: 'ops', why: undefined };
  const operators: Caller[] = [
    { name: 'an operator of the settings', authorization: bearer(OPS), rights: { role: 'admin' } },
  ];
  for (const role of OPERATOR_ROLES) {
    const wanted = { audience: 'admin', name: role, role, scopes: null, addresses: [], expiresAt: null } as const;
    const made = await makeKey(pool, TEST_SEAL, wanted, actor);
    operators.push({ name: `the role ${role}`, authorization: bearer(made?.secret ?? ''), rights: { role } });
  }
  const signs = {
    audience: 'callbacks',
    name: 'shop',
    scopes: null,
    role: null,
    addresses: [],
    expiresAt: null,
  } as const;
  const callbacks = await makeKey(pool, TEST_SEAL, signs, actor);
  return [
    { name: 'no key', rights: 'none' },
    { name: 'a secret of callbacks', authorization: bearer(callbacks?.secret ?? ''), rights: 'none' },
    { name: 'a wrong key', authorization: 'Bearer no-such-key-of-the-tests', rights: 'none' },
    { name: 'a wrong password', authorization: basic('wrong'), rights: 'none' },
    { name: 'the password of Кошелёк as a key', authorization: bearer(`wallet:${PASSWORD}`), rights: 'none' },
    { name: 'Кошелёк', authorization: basic(PASSWORD), rights: 'wallet' },
    ...SCOPED.map(({ scope, secret }) => ({
      name: `the scope ${scope}`,
      authorization: bearer(secret),
      rights: { scopes: [scope] },
    })),
    ...operators,
  ];
}

/** What a caller may expect of a call: it is let in, or one of the two refusals. */
export function verdictFor({ rights }: Caller, permission: Permission): 'let in' | 401 | 403 {
  if (permission === 'public') return 'let in';
  if (rights === 'none' || rights === 'wallet') return permission === rights ? 'let in' : 401;
  if ('role' in rights) {
    if (permission === 'any operator') return 'let in';
    const needed = OPERATOR_ROLES.find((role) => role === permission);
    if (needed === undefined) return 401;
    return includesRole(rights.role, needed) ? 'let in' : 403;
  }
  if (permission === 'producer') return 'let in';
  if (!(ORDER_SCOPES as readonly Permission[]).includes(permission)) return 401;
  // Who reads all orders reads their own.
  const isEnough = rights.scopes.some((scope) => scope === permission || `${permission}-all` === scope);
  return isEnough ? 'let in' : 403;
}
