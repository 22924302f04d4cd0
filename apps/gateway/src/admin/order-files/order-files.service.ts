import { createHash } from 'node:crypto';
import type pg from 'pg';
import type { OrdersService } from '../../orders/api/orders.service.js';
import type { RequestHashes } from '../../orders/api/request-hash.js';
import { findLastReading } from '../../partner/account/account-reading.js';
import type { Catalog } from '../../partner/catalog/catalog.js';
import { findRepeats, type RepeatedOrder } from './find-repeats.js';
import {
  beginFile,
  findFile,
  finishFile,
  listPlacedLines,
  recordLines,
  type FileKey,
  type FileProgress,
} from './order-files-store.js';
import { readOrderRows, type OrderRow, type OrderRows } from './read-order-rows.js';
import { readSheet } from './read-sheet.js';
import type { OfferedTariff } from './template/make-template.js';

/** What the calls about files need of a process. */
export interface OrderFileParts {
  readonly orders: Pick<OrdersService, 'postBatch'>;
  readonly catalog: Pick<Catalog, 'check' | 'expectedCost' | 'find'>;
  readonly hashes: RequestHashes;
}

/** A line as it was found, and what of it is there already. */
export interface CheckedRow extends OrderRow {
  /** The order that this line of this file has become. */
  readonly placed: { readonly orderId: string; readonly status: string | null } | null;
  /** The same order, placed from another file or by a colleague. */
  readonly repeats: RepeatedOrder | null;
  /** An earlier line of this file with the same order. */
  readonly sameAs: number | null;
}

/** A file as it would be placed. */
export interface CheckedFile extends Omit<OrderRows, 'rows'> {
  readonly hash: string;
  readonly rows: readonly CheckedRow[];
  /** What the orders of the lines that can be placed should cost, in kopecks, and how many of them have no price here. */
  readonly cost: { readonly least: number; readonly most: number; readonly unpriced: number };
  /** The guarantee fund as it was read last, in roubles. */
  readonly fund: { readonly amount: string; readonly readAt: Date } | null;
}

/** A line that was checked well, and refused when it was placed. */
export interface RefusedLine {
  readonly line: number;
  readonly reason: 'key-reused' | 'faulty' | 'over-budget';
}

/** So many orders are committed together; the progress is seen in between, and others get their turn. */
const PIECE = 50;

/** Under which name an operator's orders are placed: no key of a producer can have it, for its name has no colon. */
export function ownerOf(who: string): string {
  return `console:${who}`;
}

/** Orders from the spreadsheets of people: first what would be placed, then, when they say so, that it is. */
export class OrderFiles {
  constructor(
    private readonly pool: pg.Pool,
    private readonly parts: OrderFileParts,
  ) {}

  /** What the template offers; nothing before the dictionary was read. */
  async tariffs(): Promise<OfferedTariff[]> {
    const snapshot = await this.parts.catalog.find('tariffs');
    return (snapshot?.entries ?? []).map(({ id, name = null }) => ({ id, name }));
  }

  /** @throws ProblemError 422 when the file as a whole cannot be read */
  async check(owner: string, file: Buffer): Promise<CheckedFile> {
    const [examined, reading] = await Promise.all([this.examine(owner, file), findLastReading(this.pool)]);
    const fund = reading === undefined ? null : { amount: reading.amount, readAt: reading.readAt };
    return { ...examined, cost: this.costOf(examined.rows), fund };
  }

  /** The lines with what is wrong with them, and what is there of them already. */
  private async examine(owner: string, file: Buffer): Promise<Omit<CheckedFile, 'cost' | 'fund'>> {
    const { catalog, hashes } = this.parts;
    const hash = hashOf(file, hashes);
    const sheet = await readSheet(file);
    const rules = { hashes, check: (order: Parameters<Catalog['check']>[0]) => catalog.check(order) };
    const { rows, ...columns } = readOrderRows(sheet, (line) => keyOf(hash, line), rules);
    const placed = await listPlacedLines(this.pool, { owner, hash });
    const byLine = new Map(placed.map((one) => [one.line, one]));
    const orders = rows.flatMap(({ entry }) => entry?.fields ?? []);
    const repeats = await findRepeats(this.pool, owner, orders);
    const lines = new Map<string, number>();
    const checked = rows.map((row): CheckedRow => {
      const request = row.entry?.fields.requestHash.toString('hex') ?? '';
      const sameAs = lines.get(request) ?? null;
      if (row.entry !== undefined && sameAs === null) lines.set(request, row.line);
      const { orderId, status = null } = byLine.get(row.line) ?? {};
      return {
        ...row,
        placed: orderId === undefined ? null : { orderId, status },
        repeats: repeats.get(request) ?? null,
        sameAs,
      };
    });
    return { hash, ...columns, rows: checked };
  }

  /**
   * Places the good lines of a file, each under the key of the file and its line: the same file again, also after this
   * process has ended in the middle, places what is missing and nothing twice.
   *
   * @param again whether to place orders that repeat those of another file, too
   * @throws ProblemError as `check`, and the failure of the ledger with the lines before it placed
   */
  async place(
    who: string,
    file: Buffer,
    again: boolean,
  ): Promise<{ progress: FileProgress | undefined; refused: RefusedLine[] }> {
    const owner = ownerOf(who);
    const { hash, rows } = await this.examine(owner, file);
    const key: FileKey = { owner, hash };
    const chosen = rows.filter((row) => row.placed === null && (again || row.repeats === null));
    const good = chosen.flatMap(({ line, entry }) => (entry === undefined ? [] : { line, entry }));
    const there = rows.filter(({ placed }) => placed !== null).length;
    const refused: RefusedLine[] = [];
    if (good.length > 0 || there > 0) await beginFile(this.pool, key, there + good.length, who);
    for (let at = 0; at < good.length; at += PIECE) {
      const piece = good.slice(at, at + PIECE);
      const outcomes = await this.parts.orders.postBatch(
        owner,
        piece.map(({ entry }) => entry),
        null,
      );
      const taken: { line: number; orderId: string }[] = [];
      for (const [index, outcome] of outcomes.entries()) {
        const { line = 0 } = piece[index] ?? {};
        if ('order' in outcome) taken.push({ line, orderId: outcome.order.id });
        else refused.push({ line, reason: outcome.kind });
      }
      await recordLines(this.pool, key, taken);
    }
    if (good.length > 0 || there > 0) await finishFile(this.pool, key);
    return { progress: await findFile(this.pool, key), refused };
  }

  private costOf(rows: readonly CheckedRow[]): CheckedFile['cost'] {
    let [least, most, unpriced] = [0, 0, 0];
    for (const { entry, placed, repeats } of rows) {
      if (entry === undefined || placed !== null || repeats !== null) continue;
      const cost = this.parts.catalog.expectedCost(entry.order);
      if (cost === undefined) unpriced += 1;
      least += cost?.least ?? 0;
      most += cost?.most ?? 0;
    }
    return { least, most, unpriced };
  }
}

/** Made with the key of this installation, as the hash of an order is: a file of one line has little more than a phone in it. */
function hashOf(file: Buffer, hashes: RequestHashes): string {
  const digest = createHash('sha256').update(file).digest('hex');
  return hashes.hash({ exact: ['order-file', digest], plain: [] }).toString('hex');
}

function keyOf(hash: string, line: number): string {
  return `file-${hash.slice(0, 32)}-${line}`;
}
