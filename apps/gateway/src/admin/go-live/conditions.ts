import type { InBothLanguages } from '../../operator-events/catalogue/kind.js';

interface Condition {
  /** What has to be true. */
  readonly title: InBothLanguages;
  /** When it is not, or no one knows. */
  readonly whatToDo: InBothLanguages;
}

/** What has to be true before Кошелёк calls, in the order to do it in. */
export const CONDITIONS = {
  address: {
    title: { en: 'The public address is named', ru: 'Публичный адрес указан' },
    whatToDo: {
      en: 'Set PUBLIC_URL to where Кошелёк will call, in every process with the role admin. Until then only the own listener is checked, without what stands before it.',
      ru: 'Укажите в PUBLIC_URL адрес, по которому будет обращаться Кошелёк, для каждого процесса с ролью admin. Пока его нет, проверяется только собственная точка входа, без того, что стоит перед ней.',
    },
  },
  tls: {
    title: { en: 'The public address is HTTPS', ru: 'Публичный адрес – HTTPS' },
    whatToDo: {
      en: 'Set TLS_CERT_FILE and TLS_KEY_FILE, or put a proxy with a certificate in front, and name the https:// address in PUBLIC_URL.',
      ru: 'Задайте TLS_CERT_FILE и TLS_KEY_FILE или поставьте впереди прокси с сертификатом и укажите адрес https:// в PUBLIC_URL.',
    },
  },
  production: {
    title: { en: 'The process runs in production mode', ru: 'Процесс работает в режиме production' },
    whatToDo: {
      en: 'Start every process with NODE_ENV=production: it then refuses to start with what is unsafe.',
      ru: 'Запускайте каждый процесс с NODE_ENV=production: тогда с небезопасными настройками он не запустится.',
    },
  },
  secrets: {
    title: {
      en: 'No demo secrets, and no setting that is unsafe',
      ru: 'Нет демонстрационных секретов и небезопасных настроек',
    },
    whatToDo: {
      en: 'Give every process secrets of your own, long and random, and put right what is named here.',
      ru: 'Задайте каждому процессу собственные секреты, длинные и случайные, и исправьте то, что названо здесь.',
    },
  },
  members: {
    title: { en: 'The members are imported', ru: 'Участники импортированы' },
    whatToDo: {
      en: 'Import the members (docs/import.md). If they are in an own system, compare there.',
      ru: 'Импортируйте участников (docs/import.md). Если они в собственной системе, сверьте там.',
    },
  },
  conformance: {
    title: {
      en: 'The public address keeps the contract of Кошелёк',
      ru: 'Публичный адрес соблюдает контракт Кошелька',
    },
    whatToDo: {
      en: 'Run the check below, and put right what is red.',
      ru: 'Запустите проверку ниже и исправьте то, что отмечено красным.',
    },
  },
  events: {
    title: { en: 'No critical event is open', ru: 'Нет открытых критических событий' },
    whatToDo: {
      en: 'Look at the events of the overview; the runbook says what to do about each.',
      ru: 'Посмотрите события в обзоре; что делать с каждым, сказано в runbook.',
    },
  },
  alerts: {
    title: { en: 'Alerts reach people', ru: 'Оповещения доходят до людей' },
    whatToDo: {
      en: 'Set ALERT_WEBHOOKS, and send a test alert.',
      ru: 'Задайте ALERT_WEBHOOKS и отправьте пробное оповещение.',
    },
  },
  backups: {
    title: {
      en: 'The database is backed up, and a restore was tried',
      ru: 'База копируется, и восстановление проверено',
    },
    whatToDo: {
      en: 'The gateway cannot see backups: ask the person who looks after PostgreSQL, and try a restore (docs/operations/restore.md).',
      ru: 'Шлюз не видит резервных копий: спросите того, кто отвечает за PostgreSQL, и попробуйте восстановление (docs/operations/restore.ru.md).',
    },
  },
} satisfies Readonly<Record<string, Condition>>;

export type ConditionId = keyof typeof CONDITIONS;
