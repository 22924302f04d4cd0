import { pathToFileURL } from 'node:url';
import { ConfigError } from '../../../config/read-config.js';
import type { CardProgram } from '../card-program.js';
import { CardProgramError } from '../card-program.error.js';

/** All operations of the port: a module without one of them is refused at the start. */
const OPERATIONS: Readonly<Record<keyof CardProgram, true>> = {
  findCard: true,
  setChannels: true,
  getCard: true,
  updateProfile: true,
  listPurchases: true,
  reserveCardNumber: true,
  issueReservedCard: true,
  issueCard: true,
  listOffers: true,
  submitReceipt: true,
  submitPromoCode: true,
  listPhones: true,
  listPhonesExtended: true,
};

/**
 * Loads a programme from a file: its default export is a `CardProgram`, or a function that returns one (or a promise of
 * one). An error that it throws, other than `CardProgramError`, is answered as an outage of the company's own system;
 * so is a call that it does not answer in time.
 *
 * @param file an absolute path
 * @param limitMs for each call
 * @throws ConfigError naming what is wrong with the file
 */
export async function loadModuleProgram(file: string, limitMs: number): Promise<CardProgram> {
  const program = await importProgram(file);
  const missing = Object.keys(OPERATIONS).filter((name) => typeof program[name as keyof CardProgram] !== 'function');
  if (missing.length > 0) throw fault(file, `gives a programme without ${missing.join(', ')}`);
  return guard(program as CardProgram, limitMs);
}

async function importProgram(file: string): Promise<Partial<CardProgram>> {
  try {
    const { default: exported } = (await import(pathToFileURL(file).href)) as { default?: unknown };
    const program: unknown = typeof exported === 'function' ? await (exported as () => unknown)() : exported;
    if (typeof program === 'object' && program !== null) return program;
  } catch (error) {
    throw fault(file, `cannot be loaded (${error instanceof Error ? error.message : String(error)})`);
  }
  throw fault(file, 'has no programme as its default export');
}

function fault(file: string, problem: string): ConfigError {
  return new ConfigError([
    `CARD_PROGRAM is "module:${file}", which ${problem}; ` +
      'allowed: a file whose default export is a CardProgram, or a function that gives one',
  ]);
}

/** The same programme, each call with a time limit and each exception in the port's own kind. */
function guard(program: CardProgram, limitMs: number): CardProgram {
  const guarded = Object.keys(OPERATIONS).map((name) => {
    const operation = program[name as keyof CardProgram] as (...args: unknown[]) => Promise<unknown>;
    return [name, (...args: unknown[]) => within(limitMs, name, () => operation.apply(program, args))] as const;
  });
  return Object.fromEntries(guarded) as unknown as CardProgram;
}

async function within<T>(limitMs: number, name: string, work: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new CardProgramError('ownSystemTimeout', `${name}: no answer in ${limitMs} ms`));
    }, limitMs);
  });
  try {
    return await Promise.race([work(), late]);
  } catch (error) {
    if (error instanceof CardProgramError) throw error;
    throw new CardProgramError('ownSystemUnavailable', `${name}: the module has thrown`, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}
