import type { Kinds } from './kind.js';

/** Who calls, and with what right. */
export const ACCESS_KINDS = {
  'logins.failing': {
    severities: ['warning'],
    lasts: true,
    symptom: {
      en: 'Someone tries secrets on one of the listeners.',
      ru: 'Кто-то подбирает пароли или ключи на одной из точек входа.',
    },
    meaning: {
      en: 'Failed logins are slowed down; right ones pass. The event names an address.',
      ru: 'Неудачные входы замедляются, верные проходят. В событии назван адрес.',
    },
    whatToDo: {
      en: 'Find out who it is: an own service with an old secret, or a stranger to keep out at the proxy. vestibule_login_failures_total counts them.',
      ru: 'Выясните, кто это: свой сервис со старым ключом или посторонний, которого надо закрыть на прокси. Счётчик – vestibule_login_failures_total.',
    },
  },
} satisfies Kinds;
