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
  'certificate.expires': {
    severities: ['warning', 'critical'],
    lasts: true,
    symptom: {
      en: 'The certificate of the public listener ends soon, or has ended.',
      ru: 'Сертификат публичной точки входа скоро истечёт или уже истёк.',
    },
    meaning: {
      en: 'Without a valid certificate Кошелёк does not connect.',
      ru: 'Без действующего сертификата Кошелёк не подключится.',
    },
    whatToDo: {
      en: 'Put a new certificate into TLS_CERT_FILE and its key into TLS_KEY_FILE: they are read again within seconds.',
      ru: 'Положите новый сертификат в TLS_CERT_FILE, ключ – в TLS_KEY_FILE: через несколько секунд они будут прочитаны заново.',
    },
  },
  'key.expires': {
    severities: ['warning'],
    lasts: true,
    symptom: {
      en: 'A key of a producer or an operator, or a secret of callbacks, ends soon.',
      ru: 'У ключа отправителя заказов или оператора либо у секрета обратных вызовов скоро истечёт срок.',
    },
    meaning: {
      en: 'Its calls will be answered 401, or callbacks cannot be signed. It has no successor yet.',
      ru: 'На его запросы будем отвечать 401, а обратные вызовы нечем будет подписать. Замены ему ещё нет.',
    },
    whatToDo: {
      en: 'Rotate it (POST /admin/keys/{id}/rotate) and hand the new secret over; if no one uses it, revoke it.',
      ru: 'Замените его (POST /admin/keys/{id}/rotate) и передайте новый секрет; если он не нужен, отзовите.',
    },
  },
  'key.unreadable': {
    severities: ['warning'],
    lasts: true,
    symptom: {
      en: 'A process cannot open secrets of callbacks.',
      ru: 'Процесс не может прочитать секреты обратных вызовов.',
    },
    meaning: {
      en: 'They were sealed with another REQUEST_HASH_KEY than it has. Callbacks to these producers wait, unless there is another secret to sign them with.',
      ru: 'Они зашифрованы другим REQUEST_HASH_KEY. Обратные вызовы этим отправителям ждут, если подписать их больше нечем.',
    },
    whatToDo: {
      en: 'Give every process the same REQUEST_HASH_KEY, the earlier one behind the new one. If it is lost, revoke the secrets, make new ones (POST /admin/keys) and hand them over.',
      ru: 'Задайте всем процессам одинаковый REQUEST_HASH_KEY, прежний – вторым после нового. Если он утерян, отзовите секреты, создайте новые (POST /admin/keys) и передайте их.',
    },
  },
  'connections.refused': {
    severities: ['warning'],
    lasts: true,
    symptom: {
      en: 'A listener refuses connections, because too many are open.',
      ru: 'Точка входа отказывает в соединениях: их открыто слишком много.',
    },
    meaning: {
      en: 'One address, or all together, have reached their limit. Open connections are served; refused callers get 503.',
      ru: 'Предел достиг один адрес или все вместе. Открытые соединения обслуживаются, остальным отвечаем 503.',
    },
    whatToDo: {
      en: 'Find out who opens them. Name your own proxy in TRUSTED_PROXIES, keep a stranger out in front of the gateway, or raise PUBLIC_CONNECTIONS_PER_ADDRESS, PUBLIC_CONNECTIONS_TOTAL, INTERNAL_CONNECTIONS_TOTAL or the limit of open files.',
      ru: 'Выясните, кто их открывает. Свой прокси назовите в TRUSTED_PROXIES, постороннего закройте перед шлюзом; либо поднимите PUBLIC_CONNECTIONS_PER_ADDRESS, PUBLIC_CONNECTIONS_TOTAL, INTERNAL_CONNECTIONS_TOTAL или предел открытых файлов.',
    },
  },
} satisfies Kinds;
