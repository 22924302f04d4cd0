/**
 * Every refusal of the stand-in. The real service publishes no codes: these are ours, and a client must rely only on
 * their not being 0.
 */
export interface Refusal {
  readonly resultCode: number;
  /** In Russian; names the fault, never the sent value. */
  readonly resultMessage: string;
  /** 401 where the caller did not prove who it is, 200 otherwise: the envelope carries the news. */
  readonly httpStatus: 200 | 401;
}

const refusal = (resultCode: number, resultMessage: string, httpStatus: 200 | 401 = 200): Refusal => ({
  resultCode,
  resultMessage,
  httpStatus,
});

// prettier-ignore
export const REFUSALS = {
  notAuthenticated:    refusal(101, 'Неверное имя пользователя или пароль в заголовке Authorization', 401),
  noSignature:         refusal(102, 'Нет подписи запроса в заголовке X-Signature', 401),
  wrongSignature:      refusal(103, 'Подпись запроса неверна', 401),
  contentType:         refusal(201, 'Заголовок Content-Type должен быть application/json'),
  accept:              refusal(202, 'Заголовок Accept должен содержать application/json'),
  userAgent:           refusal(203, 'Заголовок User-Agent должен иметь вид «приложение/версия (версия модуля) {иные идентификаторы}»'),
  tooLarge:            refusal(204, 'Запрос слишком велик'),
  notAnEnvelope:       refusal(301, 'Тело запроса не является объектом message с head и body в JSON и UTF-8'),
  unknownMethod:       refusal(302, 'Неизвестный метод в head.type'),
  terminalId:          refusal(303, 'Неизвестный head.terminalId'),
  languageId:          refusal(304, 'Неизвестный head.languageId'),
  apiUser:             refusal(305, 'Неизвестный пользователь API в head.phone'),
  time:                refusal(306, 'Неверный формат времени в head.time'),
  body:                refusal(401, 'Тело запроса не соответствует описанию метода'),
  unknownTariff:       refusal(402, 'Тариф не найден'),
  amount:              refusal(403, 'Сумма не указана или выходит за пределы тарифа'),
  unknownCardType:     refusal(404, 'Тип карты не найден'),
  unknownRegion:       refusal(405, 'Регион не найден'),
  noOrder:             refusal(501, 'Заказ не найден'),
  noTicket:            refusal(502, 'Билет не найден'),
  ticketWritten:       refusal(503, 'Билет уже записан на карту'),
  alreadyPaidBack:     refusal(504, 'Возврат уже выполнен'),
  fund:                refusal(601, 'Недостаточно средств гарантийного фонда'),
  fault:               refusal(901, 'Отказ по заданию управляющего запроса'),
} as const satisfies Record<string, Refusal>;

/** The same refusal with pointers to the faulty fields, such as `/orderData/0/cardNumber`. */
export function refusalAt(base: Refusal, pointers: readonly string[]): Refusal {
  return { ...base, resultMessage: `${base.resultMessage}: ${pointers.join(', ')}` };
}
