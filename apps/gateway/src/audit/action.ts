/** What an entry of the audit says was done, or seen. */
export const AUDIT_ACTIONS = [
  'order.resolve',
  'order.replay',
  'orders.replay',
  'orders.purge',
  'orders.plan',
  'orders.place',
  'person.erase',
  'card.block',
  'card.unblock',
  'card.adjust',
  'card.view',
  'card.find',
  'order.view',
  'orders.view',
  'key.make',
  'key.rotate',
  'key.revoke',
  'sending.stop',
  'sending.resume',
  'import.begin',
  'import.end',
  'alerts.test',
  'decision.propose',
] as const;

export type AuditAction = (typeof AUDIT_ACTIONS)[number];
