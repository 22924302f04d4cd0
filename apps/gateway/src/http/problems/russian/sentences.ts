/**
 * What details and faults say in Russian, by their English sentence; `{}` stands for a value, in the same order in both. A
 * detail that is not here is said by its kind in general.
 */
export const SENTENCES_IN_RUSSIAN: Readonly<Record<string, string>> = {
  // Fields.
  'Required.': 'Заполните.',
  'Unknown field.': 'Неизвестное поле.',
  'Must be a JSON object.': 'Должен быть объект JSON.',
  'Must be something else.': 'Должно быть другое.',
  'Must be true or false.': 'Должно быть true или false.',
  'Must be of type {}.': 'Должен быть тип {}.',
  'Must be one of {}.': 'Должно быть одно из: {}.',
  'Must be one or several of {}.': 'Должно быть одно или несколько из: {}.',
  'Must be a list of {} to {} entries.': 'Должен быть список, записей от {} до {}.',
  'Must be a whole number from {} to {}.': 'Должно быть целое число от {} до {}.',
  'Must be a text of {} to {} characters.': 'Должен быть текст, знаков от {} до {}.',
  'Must be a moment such as 2026-05-01T00:00:00Z, with its zone (in a query + is %2B).':
    'Должен быть момент вида 2026-05-01T00:00:00Z, с часовым поясом.',
  'Must be an id such as 019ab3f4-1c2d-7e3f-8a4b-5c6d7e8f9a0b.':
    'Должен быть номер вида 019ab3f4-1c2d-7e3f-8a4b-5c6d7e8f9a0b.',
  'Must be the nextCursor of the page before.': 'Должен быть nextCursor предыдущей страницы.',
  'Must be a month such as 2026-11.': 'Должен быть месяц вида 2026-11.',
  'Must be the same month as "from" or up to {} later ones.':
    'Должен быть тот же месяц, что и первый, или позже, но не больше чем на {}.',
  'Must be a day such as 2026-11-27.': 'Должен быть день вида 2026-11-27.',
  'Must be the same day as "from" or up to {} later ones.':
    'Должен быть тот же день, что и первый, или позже, но не больше чем на {}.',
  'Must be a whole number from 1 up to 9007199254740991, or its digits as a text.':
    'Должно быть целое число от 1 до 9007199254740991.',
  'Must be a phone number, such as +7 916 123-45-67.': 'Должен быть номер телефона вида +7 916 123-45-67.',
  'Must be a text of +7 and 10 to 14 digits.': 'Должны быть +7 и от 10 до 14 цифр.',
  'Must be an e-mail address.': 'Должен быть адрес электронной почты.',
  'Must be the number of a card.': 'Должен быть номер карты.',
  'Must be a day such as 2026-12-31.': 'Должен быть день вида 2026-12-31.',
  'Must be a text such as "100.50" or "-20", not zero: at most 12 digits and 4 decimals.':
    'Должно быть число вида 100,50 или -20, не ноль: не больше 12 цифр и 4 знаков после запятой.',
  'Must be 1 to 64 characters without blanks, colons and commas. An order belongs to the name of the key that placed it.':
    'Должно быть от 1 до 64 знаков без пробелов, двоеточий и запятых. Заказ принадлежит имени ключа, которым он сделан.',
  'Must be a list of addresses or networks such as 10.20.0.0/16.':
    'Должен быть список адресов или сетей вида 10.20.0.0/16.',
  'Must be the id of an event of this order: digits.': 'Должен быть номер события этого заказа: цифры.',
  'Must say something. Leave out phones and e-mails: this text is kept when a person is erased.':
    'Напишите причину. Без телефонов и адресов почты: этот текст остаётся, когда данные человека стирают.',
  'Must be in the future.': 'Должно быть в будущем.',
  'Must be today or later: this day is over.': 'Должно быть сегодня или позже: этот день прошёл.',
  'Must not be in the future of the database’s clock.': 'Не должно быть позже часов базы данных.',
  'Is more than one person credits (CARD_CREDIT_LIMIT): at most {}.':
    'Больше, чем начисляет один человек (CARD_CREDIT_LIMIT): не больше {}.',
  'With reason, one of {} is required, and no other.': 'Вместе с причиной нужен статус из этих: {}.',
  'Required with cardNumber.': 'Нужно вместе с номером карты.',
  'Only for the decision "confirmed".': 'Только если заказ исполнен.',
  'Only for the decision "not-created".': 'Только если заказ не создан.',
  'Only for the audience "orders".': 'Только для ключа сервиса.',
  'Only for the audience "admin".': 'Только для ключа человека.',
  'Only for a credit: a debit spends what is there.': 'Только для начисления: списание тратит то, что есть.',
  // Keys.
  'This call needs a key with the role {}.': 'Для этого нужен ключ с ролью «{}».',
  'There is a key with the name {} already: rotate it, or revoke it first.':
    'Ключ с именем {} уже есть: смените его секрет или сначала отзовите его.',
  // Orders.
  'The order is {}; only an unknown one is to be resolved.':
    'Состояние заказа – «{}»; решать можно только о заказе с неизвестным исходом.',
  'The order is {}; only a failed or a rejected one can be sent again.':
    'Состояние заказа – «{}»; снова отправить можно только неудавшийся или отклонённый.',
  'The order is {}, but its personal data are erased: no one is left to send it for.':
    'Состояние заказа – «{}», но персональные данные стёрты: отправлять его не для кого.',
  'Another decision about the same order came in between: look at both, and try again.':
    'Одновременно принято другое решение об этом заказе: посмотрите на оба и попробуйте ещё раз.',
  'Order {} has {} already. Check the number, or send "force": true.':
    'У заказа {} уже есть номер {}. Проверьте номер.',
  'Тройка Бизнес does not confirm its order {}: {}. Check the number, or send "force": true.':
    'Тройка Бизнес не подтверждает свой заказ {}: {}. Проверьте номер.',
  'Тройка Бизнес has this order, with the same lines.': 'У Тройки Бизнес есть этот заказ, с теми же строками.',
  'it answered {} ({})': 'она ответила {} ({})',
  'it answered with another order, {}': 'она ответила другим заказом, {}',
  'its order is for other tariffs': 'в её заказе другие тарифы',
  'its order is for other cards': 'в её заказе другие карты',
  'its answer cannot be read: {}': 'её ответ не читается: {}',
  'its answer has lines that cannot be read': 'в её ответе есть строки, которые не читаются',
  'this process has no connection to Тройка Бизнес (TROIKA_URL)':
    'у этого процесса нет связи с Тройкой Бизнес (TROIKA_URL)',
  'Тройка Бизнес refused to cancel it ({}). How the order stands is in "order".':
    'Тройка Бизнес отказала в отмене ({}).',
  // Plans and files.
  'The filter finds more than {} orders: narrow it.': 'Отбор находит больше {} заказов: сузьте его.',
  'The plan is about {} orders, not {}. Look at it again, and repeat its count.':
    'В плане заказов {}, а не {}. Откройте его ещё раз и повторите его число.',
  'The file has no line that can be placed.': 'В файле нет ни одной строки, которую можно заказать.',
  'The file is larger than {} MiB.': 'Файл больше {} МиБ.',
  // Cards.
  'The card has {} bonuses available. Debit at most that amount.': 'На карте доступно бонусов: {}. Спишите не больше.',
  'This Idempotency-Key belongs to another adjustment; take a new one.':
    'С этим ключом идемпотентности уже было другое изменение; возьмите новый.',
};

/** Words of the gateway that stand for values in these sentences. */
export const WORDS_IN_RUSSIAN: Readonly<Record<string, string>> = {
  accepted: 'принят',
  retrying: 'будет повторён',
  sending: 'отправляется',
  confirmed: 'оплачен',
  rejected: 'отклонён',
  unknown: 'исход неизвестен',
  failed: 'не удался',
  cancelled: 'отменён',
  viewer: 'наблюдатель',
  office: 'офис',
  operator: 'оператор',
  admin: 'администратор',
};
