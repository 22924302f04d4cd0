/** Who decides, and in their own words why: what every entry of the audit begins with. */
export interface Decider {
  /** The name of the admin key. */
  readonly who: string;
  readonly why: string | undefined;
}

/** What an entry of the audit says was done. */
export type AuditAction = 'order.resolve' | 'order.replay' | 'orders.replay' | 'orders.purge' | 'person.erase';
