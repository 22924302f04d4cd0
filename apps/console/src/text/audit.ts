import type { AuditEntry } from '../api/audit.js';
import { formatChange, formatDecimal } from './format.js';

type Details = AuditEntry['details'];

/** Actions in words, with their most important details. An unknown action is shown unchanged. */
const ACTIONS: Readonly<Record<string, { what: string; more?: (details: Details) => string | undefined }>> = {
  'card.view': { what: 'looked at a card' },
  'card.find': { what: 'found a card', more: ({ by }) => (Array.isArray(by) ? `by ${by.join(' and ')}` : undefined) },
  'card.block': { what: 'blocked a card', more: stateBefore },
  'card.unblock': { what: 'unblocked a card' },
  'card.adjust': { what: 'adjusted a balance', more: adjustment },
  'order.resolve': { what: 'resolved an order', more: ({ decision }) => text(decision) },
  'order.replay': { what: 'sent an order again' },
  'orders.replay': { what: 'sent orders again', more: count },
  'orders.purge': { what: 'purged orders', more: count },
  'person.erase': { what: "erased a person's data", more: ({ orders }) => count({ count: orders }) },
};

/** What an entry of the audit says, in words. */
export function describeEntry({ action, details }: AuditEntry): { what: string; more: string | undefined } {
  const known = ACTIONS[action];
  if (known !== undefined) return { what: known.what, more: known.more?.(details) };
  return { what: action, more: Object.keys(details).length === 0 ? undefined : JSON.stringify(details) };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function count({ count: many }: Details): string | undefined {
  return typeof many === 'number' ? `${many} orders` : undefined;
}

function stateBefore({ before }: Details): string | undefined {
  const state = text((before as { state?: unknown } | undefined)?.state);
  return state === undefined ? undefined : `that was ${state}`;
}

function adjustment({ amount, before, after, description }: Details): string | undefined {
  const available = (balance: unknown): string | undefined => text((balance as { available?: unknown })?.available);
  const [change, from, to] = [text(amount), available(before), available(after)];
  if (change === undefined || from === undefined || to === undefined) return undefined;
  return `${formatChange(change)} (${formatDecimal(from)} → ${formatDecimal(to)}): ${text(description) ?? ''}`;
}
