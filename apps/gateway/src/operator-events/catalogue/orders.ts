import type { Kinds } from './kind.js';

/** Single orders of which something is odd, their tickets and callbacks. */
export const ORDER_KINDS = {
  'order.executed-twice-possibly': {
    severities: ['critical'],
    lasts: false,
    symptom: { en: 'An order may have been executed twice.', ru: 'Заказ мог быть исполнен дважды.' },
    meaning: {
      en: 'A late answer, or a send journal, shows that an attempt was executed after the order had moved on.',
      ru: 'Поздний ответ или журнал отправок показывает: попытка исполнена, когда заказ уже пошёл дальше.',
    },
    whatToDo: {
      en: 'Compare the order with what Тройка Бизнес has under the ids in the event, and cancel there what is too many.',
      ru: 'Сверьте заказ с тем, что есть у Тройки Бизнес под номерами из события, и отмените там лишнее.',
    },
  },
  'order.not-in-ledger': {
    severities: ['critical', 'warning'],
    lasts: false,
    hasForeignText: true,
    symptom: {
      en: 'A send journal remembers an order that the ledger does not have.',
      ru: 'Журнал отправок помнит заказ, которого нет в книге.',
    },
    meaning: {
      en: 'The ledger went back in time after the order was sent. The event has everything that is known of it.',
      ru: 'Книга вернулась назад во времени после отправки заказа. В событии – всё, что о нём известно.',
    },
    whatToDo: {
      en: 'Tell the producer what became of it. If it is posted again, it is unknown here and not sent.',
      ru: 'Сообщите отправителю, что стало с заказом. Присланный снова, он получит неизвестный исход и не будет отправлен.',
    },
  },
  'order.without-id': {
    severities: ['critical'],
    lasts: false,
    symptom: {
      en: 'Тройка Бизнес said that an order is paid, and gave no id.',
      ru: 'Тройка Бизнес сообщила, что заказ оплачен, но не дала его номер.',
    },
    meaning: {
      en: 'The order is unknown: without its id it can neither be followed nor cancelled.',
      ru: 'Исход заказа неизвестен: без номера за ним нельзя следить и его нельзя отменить.',
    },
    whatToDo: {
      en: 'Find its id out at Тройка Бизнес, and confirm the order with it (POST /admin/orders/{id}/resolve).',
      ru: 'Узнайте номер у Тройки Бизнес и подтвердите заказ с ним (POST /admin/orders/{id}/resolve).',
    },
  },
  'order.same-id': {
    severities: ['critical'],
    lasts: false,
    symptom: {
      en: 'Тройка Бизнес confirmed two orders under one id.',
      ru: 'Тройка Бизнес подтвердила два заказа под одним номером.',
    },
    meaning: {
      en: 'One of the two may not have been executed. The second one is unknown.',
      ru: 'Один из двух мог не исполниться. У второго исход неизвестен.',
    },
    whatToDo: {
      en: 'Ask Тройка Бизнес which order has the id, then decide about the unknown one.',
      ru: 'Узнайте у Тройки Бизнес, чей это номер, и примите решение о заказе с неизвестным исходом.',
    },
  },
  'order.odd-answer': {
    severities: ['warning'],
    lasts: false,
    symptom: {
      en: 'The answer to a confirmed order has fields of a wrong form.',
      ru: 'В ответе на подтверждённый заказ есть поля неверной формы.',
    },
    meaning: {
      en: 'The order is paid. What could not be read, such as its amount, is missing here.',
      ru: 'Заказ оплачен. Того, что не прочиталось, например суммы, здесь нет.',
    },
    whatToDo: {
      en: 'See with Тройка Бизнес what it cost, and ask whether the API has changed.',
      ru: 'Уточните у Тройки Бизнес стоимость и спросите, не изменился ли API.',
    },
  },
  'order.odd-amount': {
    severities: ['critical'],
    lasts: false,
    symptom: {
      en: 'Тройка Бизнес confirmed an order for an amount that cannot be right.',
      ru: 'Тройка Бизнес подтвердила заказ на сумму, которая не может быть верной.',
    },
    meaning: {
      en: 'The amount is negative, or far from the price in the catalogue. The order is paid.',
      ru: 'Сумма отрицательна или далека от цены в справочнике. Заказ оплачен.',
    },
    whatToDo: {
      en: 'Ask Тройка Бизнес what was taken from the guarantee fund.',
      ru: 'Узнайте у Тройки Бизнес, сколько списано с гарантийного фонда.',
    },
  },
  'orders.unknown': {
    severities: ['warning'],
    lasts: true,
    symptom: {
      en: 'Orders wait for a decision: no one knows whether Тройка Бизнес executed them.',
      ru: 'Заказы ждут решения: неизвестно, выполнила ли их Тройка Бизнес.',
    },
    meaning: {
      en: 'Their requests may have arrived, and no valid answer came back. They are not sent again by themselves.',
      ru: 'Запросы могли дойти, а верного ответа не было. Сами они повторно не отправляются.',
    },
    whatToDo: {
      en: 'Ask Тройка Бизнес about them, look at the guarantee fund (GET /admin/orders/{id}), and decide about all of them with POST /admin/orders/plans or about each in the console.',
      ru: 'Узнайте о них у Тройки Бизнес, посмотрите на гарантийный фонд (GET /admin/orders/{id}) и примите решение: обо всех – POST /admin/orders/plans, о каждом – на странице оператора.',
    },
  },
  'orders.overdue': {
    severities: ['critical'],
    lasts: true,
    symptom: {
      en: 'Orders are due and do not leave, although nothing holds them back.',
      ru: 'Заказы пора отправлять, но они не уходят, хотя их ничто не держит.',
    },
    meaning: {
      en: 'No worker runs, the queue has lost its jobs or hangs, or the workers are too slow.',
      ru: 'Нет ни одного процесса worker, очередь потеряла задания или висит, либо процессы не успевают.',
    },
    whatToDo: {
      en: 'See that processes with the role worker run and are ready; look at the queue and at TROIKA_RATE_PER_SECOND.',
      ru: 'Проверьте, что процессы с ролью worker работают и готовы; посмотрите на очередь и TROIKA_RATE_PER_SECOND.',
    },
  },
  'tracking.deadline': {
    severities: ['warning'],
    lasts: false,
    symptom: {
      en: 'Paid orders have passed their deadline with open tickets.',
      ru: 'У оплаченных заказов истёк срок отслеживания, а билеты не завершены.',
    },
    meaning: {
      en: 'After TROIKA_TRACK_DEADLINE_DAYS their tickets are neither written nor refunded; they are not polled any more.',
      ru: 'За TROIKA_TRACK_DEADLINE_DAYS дней билеты не записаны и не возвращены; заказы больше не опрашиваются.',
    },
    whatToDo: {
      en: 'Ask Тройка Бизнес what became of the orders in the event.',
      ru: 'Узнайте у Тройки Бизнес, что стало с заказами из события.',
    },
  },
  'tracking.refused': {
    severities: ['warning'],
    lasts: true,
    symptom: {
      en: 'Тройка Бизнес does not know orders that it has confirmed.',
      ru: 'Тройка Бизнес не знает заказов, которые подтвердила.',
    },
    meaning: {
      en: 'For two days polls of these orders have been refused. They are paid, and polled with growing pauses.',
      ru: 'Два дня на вопросы об этих заказах приходит отказ. Они оплачены; паузы между вопросами растут.',
    },
    whatToDo: {
      en: 'Ask Тройка Бизнес whether it still has the orders in the event.',
      ru: 'Узнайте у Тройки Бизнес, есть ли у неё ещё заказы из события.',
    },
  },
  'callback.disabled': {
    severities: ['warning'],
    lasts: false,
    symptom: {
      en: 'Callbacks to an address of a producer are disabled.',
      ru: 'Обратные вызовы на адрес отправителя заказов отключены.',
    },
    meaning: {
      en: 'The address answered 410, or nothing reached it for CALLBACK_DISABLE_AFTER_SECS. Callbacks are kept.',
      ru: 'Адрес ответил 410, либо за CALLBACK_DISABLE_AFTER_SECS ничего не доставлено. Вызовы сохраняются.',
    },
    whatToDo: {
      en: 'Tell the producer. It enables the address again with POST /callbacks/endpoints/{id}/enable.',
      ru: 'Сообщите отправителю. Он включит адрес снова: POST /callbacks/endpoints/{id}/enable.',
    },
  },
  'callback.enabled': {
    severities: ['info'],
    lasts: false,
    symptom: {
      en: 'A producer has enabled an address for callbacks again.',
      ru: 'Отправитель заказов снова включил адрес обратных вызовов.',
    },
    meaning: { en: 'What was kept for it is sent.', ru: 'Отложенные вызовы отправляются.' },
    whatToDo: { en: 'Nothing.', ru: 'Ничего.' },
  },
} satisfies Kinds;
