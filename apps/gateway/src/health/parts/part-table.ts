import { OPERATOR_EVENTS, type OperatorEventKind } from '../../operator-events/catalogue/catalogue.js';
import type { InBothLanguages } from '../../operator-events/catalogue/kind.js';

/** What this process stands on or calls, and may lose. The names are labels of metrics: a closed set. */
export type PartName = 'database' | 'redis' | 'partner' | 'own-system' | 'callbacks' | 'dns';

/** `silent`: it takes our requests and does not answer them. */
export const PART_STATES = ['up', 'silent', 'down', 'unknown'] as const;
export type PartState = (typeof PART_STATES)[number];

interface PartEntry {
  /** The event of a part that does not answer; the catalogue has what is said of it. */
  readonly kind: OperatorEventKind & `${PartName}.away`;
  /** What is said while it answers. */
  readonly up: InBothLanguages;
  /** What is said while it takes requests and does not answer; the event is the same as of an outage. */
  readonly silent?: InBothLanguages;
}

export const PARTS: Readonly<Record<PartName, PartEntry>> = {
  database: { kind: 'database.away', up: { en: 'PostgreSQL answers.', ru: 'PostgreSQL отвечает.' } },
  redis: { kind: 'redis.away', up: { en: 'Redis answers.', ru: 'Redis отвечает.' } },
  partner: {
    kind: 'partner.away',
    up: { en: 'Тройка Бизнес can be reached.', ru: 'Тройка Бизнес доступна.' },
    silent: {
      en: 'Тройка Бизнес takes calls and does not answer them. Each is waited for until TROIKA_TIMEOUT_MS; an order without an answer is then unknown.',
      ru: 'Тройка Бизнес принимает вызовы и не отвечает. Каждый ждём до TROIKA_TIMEOUT_MS; исход заказа без ответа затем неизвестен.',
    },
  },
  'own-system': {
    kind: 'own-system.away',
    up: { en: 'The own system can be reached.', ru: 'Собственная система доступна.' },
  },
  callbacks: {
    kind: 'callbacks.away',
    up: {
      en: 'No host that callbacks wait for is silent.',
      ru: 'Среди узлов, которых ждут обратные вызовы, молчащих нет.',
    },
  },
  dns: { kind: 'dns.away', up: { en: 'The name servers answer.', ru: 'Серверы имён отвечают.' } },
};

/** What is said of a part that nothing has needed yet. */
const UNKNOWN: InBothLanguages = {
  en: 'Not known: nothing has needed it yet.',
  ru: 'Неизвестно: пока не понадобилось.',
};

/** What it means that a part is in a state. */
export function meaningOf(part: PartName, state: PartState): InBothLanguages {
  if (state === 'unknown') return UNKNOWN;
  const { kind, up, silent } = PARTS[part];
  if (state === 'up') return up;
  if (state === 'silent' && silent !== undefined) return silent;
  const { symptom, meaning } = OPERATOR_EVENTS[kind];
  return { en: `${symptom.en} ${meaning.en}`, ru: `${symptom.ru} ${meaning.ru}` };
}
