import * as fc from 'fast-check';
import { setImmediate } from 'node:timers/promises';
import { clients } from '../kinds/clients.js';
import { readBatches } from '../pipeline/batches.js';
import type { Row } from '../pipeline/columns.js';
import { ImportFileError } from '../pipeline/import-file-error.js';
import type { Rejection } from '../pipeline/rejection.js';

/** A client as a valid file has him. */
export interface Client {
  readonly card_number: string;
  readonly phone: string;
  readonly first_name: string;
  /** A column that is left out; it may hold anything. */
  readonly comment: string;
  readonly bonus_balance: string;
}

export const COLUMNS = ['card_number', 'phone', 'first_name', 'comment', 'bonus_balance'] as const;

const NAMES = ['Анна', 'Борис', 'Вера', 'Григорий', 'Ульяна', 'Тимур'];
/**
 * What a note has in it that a reader of CSV may stumble over. No line of it looks like a whole line of the file, which no
 * reader could distinguish from a client's line.
 */
const NOTE = fc
  .string({
    unit: fc.constantFrom('а', 'Я', '1', ' ', ';', '"', '\n', ',', "'", '=', ' Итого ', '+79160000001'),
    maxLength: 24,
  })
  .filter((note) => note.split('\n').every((line) => line.split(';').length < 4));

const CLIENT = fc.record({ name: fc.constantFrom(...NAMES), note: NOTE, bonuses: fc.integer({ min: 0, max: 99_999 }) });

/** Some clients, each with a card and a phone of his own. */
export const CLIENTS: fc.Arbitrary<readonly Client[]> = fc.array(CLIENT, { minLength: 1, maxLength: 8 }).map((given) =>
  given.map(({ name, note, bonuses }, at) => ({
    card_number: `21000000${String(at).padStart(5, '0')}`,
    phone: `7916000${String(at).padStart(4, '0')}`,
    first_name: name,
    comment: note,
    bonus_balance: String(bonuses),
  })),
);

/** How a program may write a file without changing what it says. */
export interface Style {
  readonly lineEnd: string;
  /** Blanks in front of the quotes of a field and behind them. */
  readonly blanks: string;
  readonly quoteAll: boolean;
  readonly separatorLine: boolean;
  /** Rows that spreadsheets leave behind, one of them after each line. */
  readonly emptyRow: string | undefined;
}

export const PLAIN: Style = { lineEnd: '\n', blanks: '', quoteAll: false, separatorLine: false, emptyRow: undefined };

export const STYLE: fc.Arbitrary<Style> = fc.record({
  lineEnd: fc.constantFrom('\n', '\r\n', '\r\r\n', '\r'),
  blanks: fc.constantFrom('', ' ', '\t ', '\u00a0'),
  quoteAll: fc.boolean(),
  separatorLine: fc.boolean(),
  emptyRow: fc.constantFrom(undefined, '', ';;;;', ' ; ;'),
});

/** The lines of a file, the header first, each as often broken as its note. */
export function linesOf(clients: readonly Client[], { quoteAll, blanks }: Style): string[] {
  const write = (text: string): string =>
    quoteAll || /[;"\n]/.test(text) ? `${blanks}"${text.replaceAll('"', '""')}"${blanks}` : text;
  return [COLUMNS.join(';'), ...clients.map((client) => COLUMNS.map((name) => write(client[name])).join(';'))];
}

export function fileOf(clients: readonly Client[], style: Style): string {
  const { lineEnd, separatorLine, emptyRow } = style;
  const lines = linesOf(clients, style).flatMap((line) => (emptyRow === undefined ? [line] : [line, emptyRow]));
  return [...(separatorLine ? ['sep=;'] : []), ...lines, ''].join('\n').replaceAll('\n', lineEnd);
}

export interface ReadFile {
  /** The clients that would be imported, as far as they are read. */
  readonly rows: readonly Omit<Client, 'comment'>[];
  readonly rejected: readonly Rejection[];
  /** Why the file was not read to its end. */
  readonly refused: string | undefined;
}

/** Reads the lines of a file of clients as an import does, in chunks of some bytes. */
export async function readClients(
  file: string | Buffer,
  chunkBytes = 1 << 16,
  giveWay: () => Promise<void> = setImmediate,
): Promise<ReadFile> {
  const bytes = Buffer.from(file);
  const source = {
    read: async function* () {
      for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
      await setImmediate();
    },
    close: () => undefined,
  };
  const rows: Row[] = [];
  const rejected: Rejection[] = [];
  let refused: string | undefined;
  try {
    for await (const batch of readBatches(clients, source, giveWay)) {
      rows.push(...batch.rows);
      rejected.push(...batch.rejected);
    }
  } catch (error) {
    if (!(error instanceof ImportFileError)) throw error;
    refused = error.message;
  }
  return { rows: rows.map(toClient), rejected, refused };
}

function toClient(row: Row): Omit<Client, 'comment'> {
  const text = (name: string): string => row[name] ?? '';
  return {
    card_number: text('card_number'),
    phone: text('phone'),
    first_name: text('first_name'),
    bonus_balance: text('bonus_balance'),
  };
}

/** What a reading should give of a client: all but the column that is left out. */
export function withoutComment({ card_number, phone, first_name, bonus_balance }: Client): Omit<Client, 'comment'> {
  return { card_number, phone, first_name, bonus_balance };
}
