import { once } from 'node:events';
import type { Server } from 'node:http';
import { fileURLToPath } from 'node:url';
import { readConfig } from '@vestibule/gateway';
import { PostgresCardProgram, type CardProgram, type HolderProfile } from '@vestibule/gateway/card-program';
import pg from 'pg';
import { SECRETS } from './gateway-process.js';

type Operation = keyof CardProgram;
type Row = Readonly<Record<string, unknown>>;
type Body = Row & { readonly cardNumber: string; readonly profile: Row };
type Answer = { readonly status: number; readonly body?: unknown };

/** The HTTP side of the documented example, which every suite thereby tests. */
export interface Example {
  readonly Members: new () => { add(number: string, profile: object): { state: string } };
  readonly createProgramme: (members?: object) => Record<string, (body: Body) => Answer>;
  readonly createProgrammeServer: (
    operations: Readonly<Record<string, (body: Body, text: string) => Answer | Promise<Answer>>>,
    key: string,
    report?: (error: unknown) => void,
  ) => Server;
}

const load = async (name: string): Promise<object> =>
  (await import(fileURLToPath(new URL(`../../../docs/examples/card-program/${name}.mjs`, import.meta.url)))) as object;
export const EXAMPLE = {
  ...(await load('serve')),
  ...(await load('programme')),
  ...(await load('members')),
} as Example;

/** An absent field arrives as null; the port then omits it. */
function given<T>(fields: Readonly<Record<string, unknown>>): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null)) as T;
}

/** PostgreSQL's exact decimals as JSON numbers. */
const number = (value: unknown): unknown => (value === null ? null : Number(value));

/** The app's own JSON, which is the last field of a request: none of our texts contains its name in plain quotes. */
const rawBodyIn = (text: string): string => text.slice(text.indexOf(',"raw":') + ',"raw":'.length, -1);

const CALLS: {
  readonly [O in Operation]: (program: CardProgram, body: Body, text: string) => ReturnType<CardProgram[O]>;
} = {
  findCard: (program, query) => program.findCard(given(query)),
  setChannels: (program, { cardNumber, ...channels }) => program.setChannels(cardNumber, channels as never),
  getCard: (program, { cardNumber }) => program.getCard(cardNumber),
  updateProfile: (program, { cardNumber, profile }) => program.updateProfile(cardNumber, given(profile)),
  listPurchases: (program, { cardNumber, ...period }) => program.listPurchases(cardNumber, given(period)),
  reserveCardNumber: (program) => program.reserveCardNumber(),
  issueReservedCard: (program, { cardNumber, profile }) =>
    program.issueReservedCard(cardNumber, given<HolderProfile>(profile)),
  issueCard: (program, { profile }) => program.issueCard(given<HolderProfile>(profile)),
  listOffers: (program, { cardNumber }) => program.listOffers(cardNumber),
  submitReceipt: (program, { cardNumber, phone, ...entry }, text) =>
    program.submitReceipt({
      ...(entry as object),
      holder: given({ cardNumber, phone }),
      rawBody: rawBodyIn(text),
    } as never),
  submitPromoCode: (program, { cardNumber, phone, ...entry }, text) =>
    program.submitPromoCode({
      ...(entry as object),
      holder: given({ cardNumber, phone }),
      rawBody: rawBodyIn(text),
    } as never),
  listPhones: (program) => program.listPhones(),
  listPhonesExtended: (program) => program.listPhonesExtended(),
};

/** A batched list as one array, and anything else unchanged. */
async function whole(value: unknown): Promise<unknown> {
  if (typeof value !== 'object' || value === null || !(Symbol.asyncIterator in value)) return value;
  const items: unknown[] = [];
  for await (const batch of value as AsyncIterable<readonly unknown[]>) items.push(...batch);
  return items;
}

/** The value of a 200; other operations answer 204. */
const VALUES: { readonly [O in Operation]?: (value: never) => object } = {
  findCard: (card: object | undefined) => ({ card: card ?? null }),
  getCard: ({ bonus, ...card }: { bonus: { total: string; available: string; bonuses: readonly Row[] } }) => ({
    card: {
      ...card,
      bonus: {
        total: number(bonus.total),
        available: number(bonus.available),
        bonuses: bonus.bonuses.map((lot) => ({ ...lot, amount: number(lot['amount']) })),
      },
    },
  }),
  listPurchases: (purchases: readonly Row[]) => ({
    purchases: purchases.map((line) => ({
      ...line,
      amount: number(line['amount']),
      quantity: number(line['quantity']),
      bonuses: number(line['bonuses']),
    })),
  }),
  reserveCardNumber: (card: object) => ({ card }),
  issueCard: (card: object) => ({ card }),
  listOffers: (offers: readonly Row[]) => ({ offers }),
  listPhones: (phones: readonly string[]) => ({ phones }),
  listPhonesExtended: (phones: readonly Row[]) => ({ phones }),
};

/** The built-in programme as a company's own system: on `env.DATABASE_URL`, with the settings of `env`. */
export function serveProgramme(
  env: Readonly<Record<string, string>>,
  key: string,
): { readonly server: Server; readonly close: () => Promise<void> } {
  const { koshelek } = readConfig({ ...SECRETS, ...env });
  if (koshelek === undefined) throw new Error('a programme is served for the role loyalty only');
  const pool = new pg.Pool({ connectionString: env['DATABASE_URL'], max: 8 });
  // A test may cut the line; the next call will say so.
  pool.on('error', () => undefined);
  const program = new PostgresCardProgram(pool, koshelek.cardProgram);
  const operations = Object.entries(CALLS).map(([name, call]) => {
    const value = VALUES[name as Operation] as ((value: unknown) => object) | undefined;
    return [
      name,
      async (body: Body, text: string): Promise<Answer> => {
        const outcome = await call(program, body, text);
        if (outcome.kind === 'refused') return { status: 422, body: { reason: outcome.why } };
        return value === undefined ? { status: 204 } : { status: 200, body: value(await whole(outcome.value)) };
      },
    ] as const;
  });
  const server = EXAMPLE.createProgrammeServer(Object.fromEntries(operations), key, () => undefined);
  return {
    server,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
      await pool.end();
    },
  };
}
