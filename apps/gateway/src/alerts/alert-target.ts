/** The body that a target takes: `standard` is Standard Webhooks, the others are those of chats. */
export const ALERT_FORMS = ['standard', 'telegram', 'mattermost', 'slack'] as const;
export type AlertForm = (typeof ALERT_FORMS)[number];

/** Somewhere that alerts go, from `ALERT_WEBHOOKS`. */
export interface AlertTarget {
  /** What logs, metrics and operators call it: its address may hold a token. */
  readonly name: string;
  readonly form: AlertForm;
  readonly url: string;
  /** Of `standard`; of several, all sign and the first signs first. */
  readonly secrets: readonly Buffer[];
}
