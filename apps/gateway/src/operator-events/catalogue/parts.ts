import type { Kinds } from './kind.js';

/** What a process stands on or calls, and has lost. */
export const PART_KINDS = {
  'database.away': {
    severities: ['critical'],
    lasts: true,
    symptom: { en: 'PostgreSQL does not answer.', ru: 'PostgreSQL не отвечает.' },
    meaning: {
      en: 'Orders are answered 503 and none is sent. Nothing that was accepted is lost; work continues by itself once it is back.',
      ru: 'На заказы отвечаем 503, ни один не отправляется. Из принятого ничего не потеряно; работа продолжится сама.',
    },
    whatToDo: {
      en: 'Look whether PostgreSQL runs, at its log and at the network to DATABASE_URL.',
      ru: 'Проверьте, работает ли PostgreSQL, его журнал и сеть до DATABASE_URL.',
    },
  },
  'redis.away': {
    severities: ['critical'],
    lasts: true,
    symptom: { en: 'Redis does not answer.', ru: 'Redis не отвечает.' },
    meaning: {
      en: 'Orders are accepted and wait in PostgreSQL. They are queued and sent by themselves once it is back.',
      ru: 'Заказы принимаются и ждут в PostgreSQL. Когда Redis вернётся, они сами встанут в очередь и уйдут.',
    },
    whatToDo: {
      en: 'Look whether Redis runs, at its log and at the network to REDIS_URL.',
      ru: 'Проверьте, работает ли Redis, его журнал и сеть до REDIS_URL.',
    },
  },
  'partner.away': {
    severities: ['warning'],
    lasts: true,
    symptom: {
      en: 'Тройка Бизнес cannot be reached, is silent or gives no valid answers.',
      ru: 'Тройка Бизнес недоступна, молчит или не даёт правильных ответов.',
    },
    meaning: {
      en: 'Orders are accepted and wait. They are sent by themselves once it is back.',
      ru: 'Заказы принимаются и ждут. Они уйдут сами, когда она вернётся.',
    },
    whatToDo: {
      en: 'Ask Тройка Бизнес whether it is down; check the network and HTTPS_PROXY.',
      ru: 'Узнайте у Тройки Бизнес, работает ли она; проверьте сеть и HTTPS_PROXY.',
    },
  },
  'own-system.away': {
    severities: ['critical'],
    lasts: true,
    symptom: {
      en: 'The own system does not answer or cannot be reached.',
      ru: 'Собственная система не отвечает или недоступна.',
    },
    meaning: {
      en: 'Кошелёк gets errors instead of cards. Orders are not affected.',
      ru: 'Кошелёк вместо карт получает ошибки. Заказов это не касается.',
    },
    whatToDo: {
      en: 'Look whether the system of CARD_PROGRAM runs, and at the network to it.',
      ru: 'Проверьте, работает ли система из CARD_PROGRAM, и сеть до неё.',
    },
  },
  'callbacks.away': {
    severities: ['warning'],
    lasts: true,
    symptom: {
      en: 'A host that callbacks wait for does not answer.',
      ru: 'Узел, которого ждут обратные вызовы, не отвечает.',
    },
    meaning: {
      en: 'Callbacks are kept and repeated by their schedule. Orders and other hosts are not affected.',
      ru: 'Обратные вызовы сохраняются и повторяются по расписанию. Заказов и других узлов это не касается.',
    },
    whatToDo: {
      en: 'Tell the producer. Its callbacks are disabled after CALLBACK_DISABLE_AFTER_SECS.',
      ru: 'Сообщите отправителю заказов. Через CALLBACK_DISABLE_AFTER_SECS его вызовы отключатся.',
    },
  },
  'dns.away': {
    severities: ['warning'],
    lasts: true,
    symptom: { en: 'The name servers do not answer.', ru: 'Серверы имён не отвечают.' },
    meaning: {
      en: 'What is called by a name cannot be reached, targets of alerts included. Everything waits and continues by itself.',
      ru: 'То, что вызывается по имени, недоступно, включая адреса оповещений. Всё ждёт и продолжится само.',
    },
    whatToDo: {
      en: 'Look at the name servers of /etc/resolv.conf and at CALLBACK_DNS_SERVERS.',
      ru: 'Проверьте серверы имён из /etc/resolv.conf и CALLBACK_DNS_SERVERS.',
    },
  },
} satisfies Kinds;
