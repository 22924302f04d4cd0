import type { AuditEntry } from '../api/audit.js';
import { formatChange, formatDecimal } from './format.js';
import { t, tWord } from './t.js';

type Details = AuditEntry['details'];

/** Actions in words, with their most important details. An unknown action is shown unchanged. */
const ACTIONS: Readonly<Record<string, { what: string; more?: (details: Details) => string | undefined }>> = {
  'card.view': { what: t('audit.card.view') },
  'card.find': { what: t('audit.card.find'), more: foundBy },
  'card.block': { what: t('audit.card.block'), more: stateBefore },
  'card.unblock': { what: t('audit.card.unblock') },
  'card.adjust': { what: t('audit.card.adjust'), more: adjustment },
  'order.view': { what: t('audit.order.view') },
  'orders.view': { what: t('audit.orders.view') },
  'orders.plan': { what: t('audit.orders.plan') },
  'orders.place': { what: t('audit.orders.place'), more: ({ lines }) => count({ count: lines }) },
  'sending.stop': { what: t('audit.sending.stop') },
  'sending.resume': { what: t('audit.sending.resume') },
  'key.make': { what: t('audit.key.make') },
  'key.rotate': { what: t('audit.key.rotate') },
  'key.revoke': { what: t('audit.key.revoke') },
  'decision.propose': { what: t('audit.decision.propose'), more: ({ wanted }) => text(wanted) },
  'alerts.test': { what: t('audit.alerts.test') },
  'import.begin': { what: t('audit.import.begin'), more: ({ kind }) => text(kind) },
  'import.end': { what: t('audit.import.end'), more: importedLines },
  'golive.begin': { what: t('audit.golive.begin'), more: ({ address }) => text(address) },
  'golive.end': { what: t('audit.golive.end') },
  'person.preview': { what: t('audit.person.preview') },
  'order.resolve': { what: t('audit.order.resolve'), more: ({ decision }) => text(decision) },
  'order.replay': { what: t('audit.order.replay') },
  'orders.replay': { what: t('audit.orders.replay'), more: count },
  'orders.purge': { what: t('audit.orders.purge'), more: count },
  'person.erase': { what: t('audit.person.erase'), more: ({ orders }) => count({ count: orders }) },
};

/** The actions that a filter offers, by the gateway's word. */
export const ACTION_NAMES: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(ACTIONS).map(([action, { what }]) => [action, what]),
);

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
  return typeof many === 'number' ? t('audit.orders', { count: many }) : undefined;
}

function importedLines({ kind, lines }: Details): string | undefined {
  const known = text(kind);
  return known === undefined ? undefined : t('audit.import.lines', { kind: known, lines: Number(lines ?? 0) });
}

function foundBy({ by }: Details): string | undefined {
  return Array.isArray(by) ? t('audit.card.find.by', { fields: by.join(t('audit.and')) }) : undefined;
}

function stateBefore({ before }: Details): string | undefined {
  const state = text((before as { state?: unknown } | undefined)?.state);
  return state === undefined ? undefined : t('audit.card.before', { state: tWord('card.state', state) });
}

function adjustment({ amount, before, after, description }: Details): string | undefined {
  const available = (balance: unknown): string | undefined => text((balance as { available?: unknown })?.available);
  const [change, from, to] = [text(amount), available(before), available(after)];
  if (change === undefined || from === undefined || to === undefined) return undefined;
  return `${formatChange(change)} (${formatDecimal(from)} → ${formatDecimal(to)}): ${text(description) ?? ''}`;
}
