/** Details of operator events that are ids, numbers or names of ours, and what they are called. No others are sent. */
const FACTS: Readonly<Record<string, string>> = {
  producer: 'отправитель',
  host: 'узел',
  orderId: 'заказ',
  otherOrderId: 'другой заказ',
  attempt: 'попытка',
  troikaOrderId: 'номер у Тройки Бизнес',
  totalAmount: 'сумма, ₽',
  amount: 'остаток, ₽',
  amountLeft: 'остаток, ₽',
  mark: 'порог, ₽',
  floor: 'нижняя граница, ₽',
  tariffId: 'тариф',
  method: 'метод',
  httpStatus: 'HTTP',
  last: 'последний ответ',
  unknowns: 'неизвестных исходов подряд',
  failures: 'неудач подряд',
  count: 'количество',
  directory: 'папка',
};

/** @returns a sentence that follows the symptom, with a blank before it; '' without facts */
export function factsInRussian(details: Readonly<Record<string, unknown>>): string {
  const facts = Object.entries(FACTS).flatMap(([field, name]) => {
    const value = details[field];
    return typeof value === 'string' || (typeof value === 'number' && value > 0) ? [`${name}: ${value}`] : [];
  });
  const text = facts.join('; ');
  return text === '' ? '' : ` ${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
