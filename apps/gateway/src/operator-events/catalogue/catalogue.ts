import { ACCESS_KINDS } from './access.js';
import type { Kind } from './kind.js';
import { ORDER_KINDS } from './orders.js';
import { PARTNER_KINDS } from './partner.js';
import { PART_KINDS } from './parts.js';
import { PROCESS_KINDS } from './process.js';
import { SEND_JOURNAL_KINDS } from './send-journal.js';
import { SENDING_KINDS } from './sending.js';

/** Every kind of operator event. The runbook has an entry for each, and a test finds each that the code writes here. */
export const OPERATOR_EVENTS = {
  ...SENDING_KINDS,
  ...ORDER_KINDS,
  ...SEND_JOURNAL_KINDS,
  ...PARTNER_KINDS,
  ...PART_KINDS,
  ...PROCESS_KINDS,
  ...ACCESS_KINDS,
} as const;

export type OperatorEventKind = keyof typeof OPERATOR_EVENTS;

const KINDS: ReadonlyMap<string, Kind> = new Map(Object.entries(OPERATOR_EVENTS));

/** @returns undefined for a kind of an earlier release that the ledger still has */
export function kindOf(kind: string): Kind | undefined {
  return KINDS.get(kind);
}

/** The anchor of the entry in the runbook, as Git hosts make it of a heading: without the dot. */
export function runbookAnchorOf(kind: string): string {
  return kind.replaceAll('.', '');
}
