import { kindOf, runbookAnchorOf } from '../operator-events/catalogue/catalogue.js';
import type { Severity, InBothLanguages } from '../operator-events/catalogue/kind.js';
import { eventText } from '../operator-events/event-text.js';

/** What an alert reports of a state: its beginning or its end. A moment has only a beginning. */
export type AlertPhase = 'opened' | 'closed';

/** Where people find what they need next. */
export interface AlertLinks {
  /** The folder with the runbook. */
  readonly runbookUrl: string;
  /** The console. */
  readonly consoleUrl?: string | undefined;
}

/** The operator event of an alert, as far as an alert has it. */
export interface AlertedEvent {
  /** Null while PostgreSQL is away, which gives the ids. */
  readonly eventId: string | null;
  readonly kind: string;
  readonly severity: Severity;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
  readonly openedAt: Date;
  readonly closedAt: Date | null;
}

/** What a target gets, in every form. */
export interface Alert extends Omit<AlertedEvent, 'message' | 'details'> {
  /** The same at every attempt: receivers know a repetition by it. */
  readonly id: string;
  readonly phase: AlertPhase | 'test';
  readonly sentence: InBothLanguages;
  readonly whatToDo: InBothLanguages;
  /** Links to the entry of the runbook. */
  readonly runbook: InBothLanguages;
  /** The page of the console where a person can act; null without ALERT_CONSOLE_URL. */
  readonly console: string | null;
  /** How many further moments of this kind it stands for. */
  readonly more: number;
}

/** An earlier release knew a kind that this one does not. */
const UNKNOWN_KIND = {
  symptom: { en: 'See GET /admin/events.', ru: 'См. GET /admin/events.' },
  whatToDo: { en: 'Read the operator event.', ru: 'Прочитайте событие для оператора.' },
  hasForeignText: undefined,
};

/**
 * The alert of an operator event. Its English sentence is that of the event, unless others may have written part of that; the
 * Russian one is the catalogue's, with the facts of the event.
 *
 * @param links where people find what they need next
 */
export function composeAlert(
  { message, details, ...event }: AlertedEvent,
  { id, phase, more = 0 }: { id: string; phase: AlertPhase; more?: number },
  links: AlertLinks,
): Alert {
  const known = kindOf(event.kind);
  const { symptom, whatToDo, hasForeignText } = known ?? UNKNOWN_KIND;
  const text = known === undefined ? symptom : eventText({ kind: event.kind, message, details });
  const sentence =
    phase === 'opened'
      ? { en: hasForeignText === true ? symptom.en : text.en, ru: text.ru }
      : { en: `It is over: ${symptom.en}`, ru: `Закончилось: ${symptom.ru}` };
  const closedAt = phase === 'opened' ? null : event.closedAt;
  const { runbookUrl, consoleUrl } = links;
  const console = consoleUrl === undefined ? null : consoleUrl + consolePageOf(event.kind, details);
  return { ...event, closedAt, id, phase, sentence, whatToDo, runbook: linksTo(event.kind, runbookUrl), console, more };
}

/** An alert that reports nothing. */
export function composeTestAlert(id: string, at: Date, { runbookUrl, consoleUrl }: AlertLinks): Alert {
  return {
    id,
    phase: 'test',
    eventId: null,
    kind: 'test',
    severity: 'info',
    openedAt: at,
    closedAt: null,
    sentence: { en: 'This is a test of the alerts of Vestibule.', ru: 'Это проверка оповещений Vestibule.' },
    whatToDo: { en: 'Nothing.', ru: 'Ничего.' },
    runbook: { en: `${runbookUrl}/runbook.md`, ru: `${runbookUrl}/runbook.ru.md` },
    console: consoleUrl ?? null,
    more: 0,
  };
}

/** The order that an event is about, the first order that waits, or the overview. */
function consolePageOf(kind: string, { orderId }: AlertedEvent['details']): string {
  if (typeof orderId === 'string') return `#/orders/${orderId}`;
  return kind === 'orders.unknown' ? '#/waiting' : '#/overview';
}

function linksTo(kind: string, runbookUrl: string): InBothLanguages {
  const anchor = runbookAnchorOf(kind);
  return { en: `${runbookUrl}/runbook.md#${anchor}`, ru: `${runbookUrl}/runbook.ru.md#${anchor}` };
}
