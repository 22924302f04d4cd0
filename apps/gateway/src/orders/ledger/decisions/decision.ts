export type { Actor } from '../../../audit/actor.js';

/** What an entry of the audit says was done. */
export type AuditAction = 'order.resolve' | 'order.replay' | 'orders.replay' | 'orders.purge' | 'person.erase';
