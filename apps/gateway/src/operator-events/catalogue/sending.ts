import type { Kinds } from './kind.js';

/** Why orders wait, and the guarantee fund that they are paid from. */
export const SENDING_KINDS = {
  'sending.paused': {
    severities: ['critical'],
    lasts: true,
    symptom: {
      en: 'Sending pauses: Тройка Бизнес does not answer orders.',
      ru: 'Отправка приостановлена: Тройка Бизнес не отвечает на заказы.',
    },
    meaning: {
      en: 'Several outcomes in a row are unknown, or calls in a row did not reach Тройка Бизнес or were not taken. Orders are accepted and wait; one order at a time probes, and sending continues by itself with the first valid answer.',
      ru: 'Несколько исходов подряд неизвестны, либо вызовы подряд не дошли до Тройки Бизнес или не были приняты. Заказы принимаются и ждут; пробуется по одному заказу, с первым верным ответом отправка продолжится сама.',
    },
    whatToDo: {
      en: 'Read the reason in GET /admin/sending. Ask Тройка Бизнес whether it is down; check the network and HTTPS_PROXY if nothing reaches it. When it is over, decide about the unknown orders (POST /admin/orders/plans).',
      ru: 'Причина – в GET /admin/sending. Узнайте у Тройки Бизнес, работает ли она; если вызовы не доходят, проверьте сеть и HTTPS_PROXY. После окончания примите решение о заказах с неизвестным исходом (POST /admin/orders/plans).',
    },
  },
  'sending.stopped': {
    severities: ['warning'],
    lasts: true,
    hasForeignText: true,
    symptom: { en: 'A person has stopped sending.', ru: 'Отправка остановлена вручную.' },
    meaning: {
      en: 'An operator has called POST /admin/sending/stop. Orders are accepted and wait in all processes.',
      ru: 'Оператор вызвал POST /admin/sending/stop. Заказы принимаются и ждут во всех процессах.',
    },
    whatToDo: {
      en: 'GET /admin/sending says who and why. POST /admin/sending/resume lets it continue.',
      ru: 'Кто и почему – в GET /admin/sending. Продолжить: POST /admin/sending/resume.',
    },
  },
  'sending.resumed': {
    severities: ['info'],
    lasts: false,
    symptom: { en: 'Sending continues.', ru: 'Отправка продолжается.' },
    meaning: {
      en: 'A person has let it continue, or it continues by itself after a promotion of PostgreSQL in which nothing was lost.',
      ru: 'Её продолжил оператор, либо она продолжилась сама: при переключении PostgreSQL ничего не потеряно.',
    },
    whatToDo: {
      en: 'Nothing. If orders became unknown with it, decide about each of them.',
      ru: 'Ничего. Если при этом заказы получили неизвестный исход, примите решение о каждом.',
    },
  },
  'sending.outside-window': {
    severities: ['info'],
    lasts: true,
    symptom: { en: 'It is outside the hours of sending.', ru: 'Сейчас не часы отправки.' },
    meaning: {
      en: 'TROIKA_SEND_WINDOW says when orders are sent. Until then they are accepted and wait.',
      ru: 'Часы отправки заданы в TROIKA_SEND_WINDOW. До них заказы принимаются и ждут.',
    },
    whatToDo: { en: 'Nothing.', ru: 'Ничего.' },
  },
  'ledger.restored': {
    severities: ['critical'],
    lasts: true,
    symptom: {
      en: 'Sending is stopped: the database is another one, or was restored from a backup.',
      ru: 'Отправка остановлена: база данных – другая или восстановлена из резервной копии.',
    },
    meaning: {
      en: 'The ledger may not know orders that were sent. Sending them again would buy them twice.',
      ru: 'Книга заказов может не знать об отправленных заказах. Повторная отправка купила бы их дважды.',
    },
    whatToDo: {
      en: 'Follow docs/operations/restore.md, then POST /admin/sending/resume with the time until which orders may have been sent.',
      ru: 'Действуйте по docs/operations/restore.ru.md, затем POST /admin/sending/resume со временем, до которого заказы могли быть отправлены.',
    },
  },
  'ledger.promoted': {
    severities: ['critical'],
    lasts: true,
    symptom: {
      en: 'Sending is stopped: a replica of PostgreSQL was promoted.',
      ru: 'Отправка остановлена: реплика PostgreSQL стала основной.',
    },
    meaning: {
      en: 'The last moments before the promotion may be missing. Workers compare their send journals with the ledger; if nothing is missing, sending continues by itself.',
      ru: 'Последние мгновения перед переключением могли пропасть. Процессы сверяют журналы отправок с книгой; если ничего не пропало, отправка продолжится сама.',
    },
    whatToDo: {
      en: 'Start every worker that ran before. If it does not continue, follow docs/operations/restore.md.',
      ru: 'Запустите все процессы worker, которые работали до этого. Если отправка не продолжится, действуйте по docs/operations/restore.ru.md.',
    },
  },
  'ledger.behind': {
    severities: ['critical'],
    lasts: true,
    symptom: {
      en: 'Sending is stopped: a send journal knows more than the ledger.',
      ru: 'Отправка остановлена: журнал отправок знает больше, чем книга заказов.',
    },
    meaning: {
      en: 'PostgreSQL has lost commits that it had confirmed, for example with fsync = off or an asynchronous replica.',
      ru: 'PostgreSQL потерял подтверждённые изменения: например, fsync = off или асинхронная реплика.',
    },
    whatToDo: {
      en: 'Follow docs/operations/restore.md; look at the events order.not-in-ledger of the same time.',
      ru: 'Действуйте по docs/operations/restore.ru.md; посмотрите события order.not-in-ledger того же времени.',
    },
  },
  'fund.floor-reached': {
    severities: ['critical'],
    lasts: true,
    symptom: {
      en: 'Sending waits: the guarantee fund is under its floor.',
      ru: 'Отправка ждёт: гарантийный фонд ниже нижней границы.',
    },
    meaning: {
      en: 'Less than TROIKA_FUND_FLOOR is left. No order is lost and none is refused.',
      ru: 'Осталось меньше TROIKA_FUND_FLOOR. Ни один заказ не потерян и не отклонён.',
    },
    whatToDo: {
      en: 'Fill the fund up; sending continues with the next reading of it.',
      ru: 'Пополните фонд; отправка продолжится после следующего чтения остатка.',
    },
  },
  'fund.floor-cleared': {
    severities: ['info'],
    lasts: false,
    symptom: {
      en: 'The guarantee fund is above its floor again.',
      ru: 'Гарантийный фонд снова выше нижней границы.',
    },
    meaning: { en: 'Orders leave again.', ru: 'Заказы снова отправляются.' },
    whatToDo: { en: 'Nothing.', ru: 'Ничего.' },
  },
  'fund.low': {
    severities: ['warning'],
    lasts: true,
    symptom: { en: 'The guarantee fund runs low.', ru: 'Гарантийный фонд на исходе.' },
    meaning: {
      en: 'Less than TROIKA_FUND_LOW is left. Orders still leave; when the fund is empty, Тройка Бизнес refuses them.',
      ru: 'Осталось меньше TROIKA_FUND_LOW. Заказы ещё отправляются; когда фонд опустеет, Тройка Бизнес их отклонит.',
    },
    whatToDo: { en: 'Fill the fund up.', ru: 'Пополните фонд.' },
  },
  'fund.recovered': {
    severities: ['info'],
    lasts: false,
    symptom: { en: 'The guarantee fund has recovered.', ru: 'Гарантийный фонд пополнен.' },
    meaning: {
      en: 'At least a tenth more than TROIKA_FUND_LOW is left.',
      ru: 'Осталось хотя бы на десятую больше TROIKA_FUND_LOW.',
    },
    whatToDo: { en: 'Nothing.', ru: 'Ничего.' },
  },
} satisfies Kinds;
