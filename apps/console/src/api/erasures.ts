import { call } from './call.js';
import type { Result } from './problem.js';

/** Rows by table. */
export type Rows = Readonly<Record<string, number>>;

export interface ErasurePreview {
  readonly cards: readonly string[];
  /** Masked. */
  readonly holder: string | null;
  readonly orders: number;
  readonly pending: number;
  readonly goes: Rows;
  readonly stays: Rows;
}

export interface Erasure {
  readonly erased: number;
  readonly pending: number;
  readonly where: Rows;
}

/** What an erasure would take and leave; nothing is erased. */
export function previewErasure(phone: string): Promise<Result<ErasurePreview>> {
  return call('POST', '/admin/erasures/preview', { body: { phone } });
}

/** Erases a person, for good. */
export function erasePerson(phone: string, why: string): Promise<Result<Erasure>> {
  return call('POST', '/admin/erasures', { body: { phone, why } });
}
