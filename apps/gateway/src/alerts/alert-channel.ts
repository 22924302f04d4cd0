import type { OperatorEventKind } from '../operator-events/catalogue/catalogue.js';

/** A state that people must hear of although PostgreSQL cannot take its operator event. */
export interface DirectAlert {
  readonly kind: OperatorEventKind;
  readonly severity: 'warning' | 'critical';
  /** The sentence that the operator event would have. */
  readonly message: string;
  readonly openedAt: Date;
}

/** The way of alerts around PostgreSQL: from the memory of this process. */
export interface AlertChannel {
  /**
   * Sends an alert to every target, once while the state lasts: another call for its kind before `endDirectly` does
   * nothing. It neither throws nor waits.
   *
   * @returns whether there are targets. Then the operator event that is written later has {@link ALERTED_DIRECTLY} in its
   *   details
   */
  alertDirectly(alert: DirectAlert): boolean;
  /** Sends the end of a state that was sent by `alertDirectly`, once. */
  endDirectly(kind: string, closedAt: Date): void;
}

/** In the details of an operator event that makes no alert, because its alerts went out directly. */
export const ALERTED_DIRECTLY = { alerted: 'directly' } as const;

/** Of a process without targets. */
export const NO_ALERTS: AlertChannel = { alertDirectly: () => false, endDirectly: () => undefined };
