import type { Kinds } from './kind.js';

/** What Тройка Бизнес answers, and what its tariffs are. */
export const PARTNER_KINDS = {
  'partner.refused-request': {
    severities: ['warning', 'critical'],
    lasts: false,
    symptom: {
      en: 'Тройка Бизнес refuses requests with an HTTP status.',
      ru: 'Тройка Бизнес отклоняет запросы с кодом HTTP.',
    },
    meaning: {
      en: 'The requests were not carried out: wrong credentials, an address that is not registered, a wrong TROIKA_URL, or too many requests. Orders wait.',
      ru: 'Запросы не выполнены: неверные учётные данные, незарегистрированный адрес, неверный TROIKA_URL или слишком много запросов. Заказы ждут.',
    },
    whatToDo: {
      en: 'The event says what to check by its status: credentials and signature (401), our address (403), TROIKA_URL (404), the rate (429).',
      ru: 'Что проверить, зависит от кода: учётные данные и подпись (401), наш адрес (403), TROIKA_URL (404), частоту (429).',
    },
  },
  'partner.proxy': {
    severities: ['critical'],
    lasts: false,
    symptom: {
      en: 'The outgoing proxy lets nothing through to Тройка Бизнес.',
      ru: 'Исходящий прокси не пропускает запросы к Тройке Бизнес.',
    },
    meaning: { en: 'No order was sent; orders wait.', ru: 'Ни один заказ не отправлен; заказы ждут.' },
    whatToDo: {
      en: 'Check HTTPS_PROXY and its credentials, and what the proxy permits.',
      ru: 'Проверьте HTTPS_PROXY, учётные данные прокси и его правила.',
    },
  },
  'partner.odd-answer': {
    severities: ['warning'],
    lasts: false,
    symptom: {
      en: 'An answer of Тройка Бизнес has fields of a wrong form.',
      ru: 'В ответе Тройки Бизнес есть поля неверной формы.',
    },
    meaning: {
      en: 'Everything else in the answer was used. Its API may have changed.',
      ru: 'Всё остальное из ответа использовано. Возможно, изменился API.',
    },
    whatToDo: {
      en: 'Ask Тройка Бизнес whether its API has changed, with the fields in the event.',
      ru: 'Спросите Тройку Бизнес, не изменился ли API; поля названы в событии.',
    },
  },
  'partner-clock.skewed': {
    severities: ['warning'],
    lasts: true,
    symptom: {
      en: 'The clocks of PostgreSQL and of Тройка Бизнес differ.',
      ru: 'Часы PostgreSQL и Тройки Бизнес расходятся.',
    },
    meaning: {
      en: 'Our requests carry the time of PostgreSQL; Тройка Бизнес may refuse them.',
      ru: 'В запросах стоит время PostgreSQL; Тройка Бизнес может их отклонить.',
    },
    whatToDo: {
      en: 'Set the clock of the PostgreSQL server, for example with NTP.',
      ru: 'Настройте часы сервера PostgreSQL, например по NTP.',
    },
  },
  'tariff.price-changed': {
    severities: ['warning'],
    lasts: false,
    symptom: { en: 'A tariff has another price.', ru: 'У тарифа изменилась цена.' },
    meaning: {
      en: 'Orders cost the new price from now on.',
      ru: 'Заказы теперь стоят по новой цене.',
    },
    whatToDo: {
      en: 'Tell the producers that show prices. GET /catalog/tariffs has all of them.',
      ru: 'Сообщите отправителям, которые показывают цены. Все цены – в GET /catalog/tariffs.',
    },
  },
  'tariff.vanished': {
    severities: ['warning'],
    lasts: false,
    symptom: { en: 'A tariff is not sold any more.', ru: 'Тариф больше не продаётся.' },
    meaning: { en: 'Orders for it are refused.', ru: 'Заказы по нему отклоняются.' },
    whatToDo: { en: 'Its producers should stop offering it.', ru: 'Отправителям следует перестать его предлагать.' },
  },
  'tariff.appeared': {
    severities: ['info'],
    lasts: false,
    symptom: { en: 'There is a new tariff.', ru: 'Появился новый тариф.' },
    meaning: { en: 'It can be ordered.', ru: 'Его можно заказать.' },
    whatToDo: { en: 'Nothing.', ru: 'Ничего.' },
  },
} satisfies Kinds;
