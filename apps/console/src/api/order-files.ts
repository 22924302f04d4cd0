import { language } from '../text/language.js';
import { call, callForFile } from './call.js';
import type { OrderStatus } from './orders.js';
import type { Result } from './problem.js';

export interface CellFault {
  /** The column; empty: the line as a whole. */
  readonly field: string;
  readonly reason: string;
  readonly detail: string;
}

/** A line of a file, as it was found. */
export interface CheckedRow {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
  readonly faults: readonly CellFault[];
  /** The order that it has become already. */
  readonly placed: { readonly orderId: string; readonly status: OrderStatus | null } | null;
  /** The same order from another file. */
  readonly repeats: { readonly placedBy: string; readonly placedAt: string } | null;
  /** The earlier line of this file with the same order. */
  readonly sameAs: number | null;
}

export interface CheckedFile {
  readonly hash: string;
  readonly columns: readonly string[];
  readonly unknownColumns: readonly string[];
  readonly rows: readonly CheckedRow[];
  /** In kopecks. */
  readonly cost: { readonly least: number; readonly most: number; readonly unpriced: number };
  readonly fund: { readonly amount: string; readonly readAt: string } | null;
}

/** How far a file has come. */
export interface FileProgress {
  readonly hash: string;
  readonly lines: number;
  readonly begunAt: string;
  readonly finishedAt: string | null;
  readonly counts: Partial<Record<OrderStatus, number>>;
}

export interface RefusedLine {
  readonly line: number;
  readonly reason: string;
}

export interface PlacedLine {
  readonly line: number;
  readonly orderId: string;
  readonly status: OrderStatus | null;
  readonly reference: string | null;
  readonly troikaOrderId: string | null;
  readonly totalAmount: string | null;
  readonly resultMessage: string | null;
}

const FILES = '/admin/order-files';

export function checkFile(file: Blob): Promise<Result<CheckedFile>> {
  return call('POST', `${FILES}/check`, { file });
}

/** @param again whether to place orders that repeat those of another file, too */
export function placeFile(
  file: Blob,
  again: boolean,
): Promise<Result<{ readonly progress: FileProgress; readonly refused: readonly RefusedLine[] }>> {
  return call('POST', FILES, { file, query: { again: String(again) } });
}

export function listFiles(): Promise<Result<{ readonly files: readonly FileProgress[] }>> {
  return call('GET', FILES);
}

/** How far a file has come; undefined when nothing of it was placed. */
export async function lookAtFile(hash: string): Promise<Result<{ readonly progress: FileProgress | undefined }>> {
  const result = await call<FileProgress>('GET', `${FILES}/${encodeURIComponent(hash)}`);
  if (result.ok) return { ok: true, value: { progress: result.value } };
  return result.problem.status === 404 ? { ok: true, value: { progress: undefined } } : result;
}

export function listPlacedLines(hash: string): Promise<Result<{ readonly lines: readonly PlacedLine[] }>> {
  return call('GET', `${FILES}/${encodeURIComponent(hash)}/lines`);
}

export function loadTemplate(form: 'xlsx' | 'csv'): Promise<Result<Blob>> {
  return callForFile(`${FILES}/template`, { form, language });
}
