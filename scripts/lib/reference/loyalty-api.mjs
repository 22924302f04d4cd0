import { StepError } from '../steps.mjs';
import { table, otherLanguage } from './table.mjs';
import { METHODS_IN_RUSSIAN } from './russian-methods.mjs';

const CARD = {
  cardNumber: '2100000000012',
  cardState: 'active',
  barcode: { barcodeNumber: '2100000000012', barcodeType: 'EAN_13' },
};
const BONUS = {
  total: '150.50',
  available: '150.50',
  bonuses: [{ description: 'Покупка 14.03.2026', amount: '50.50', validUntil: '2027-03-14' }],
};
const PURCHASE = { date: '2026-03-14', item: 'Кофе', amount: 19900, quantity: 1, location: 'Москва', bonuses: '5' };
const OFFER = {
  id: 'spring',
  title: 'Весенняя скидка',
  description: '10 % на всё',
  imageUrl: 'https://example.com/spring.jpg',
  url: 'https://example.com/spring',
  startDate: '2026-03-01',
  endDate: '2026-05-31',
};
const PHONE = { phone: '79160000001', params: [{ name: 'discount', value: '10' }] };
const PROFILE = { firstname: 'Анна', surname: 'Иванова', birthDate: '1990-04-12', sex: 'f', phone: '79160000001' };
/** Of docs/examples/import/numbers.csv, so that the samples can be tried after these files are imported. */
const AGREED_NUMBER = 'K-77-0001';
const NEW_HOLDER = { firstname: 'Вера', surname: 'Смирнова', phone: '79160000077' };

/** By the kind of request that the table names: the query, the body, and what must read it. */
const REQUESTS = {
  'search-query': { query: { msisdn: '79160000001' }, reader: 'readSearchQuery' },
  channels: { body: { allow: ['sms', 'email'], deny: ['call'] }, reader: 'readChannels' },
  profile: { body: PROFILE, reader: 'readProfile' },
  period: { query: { startDate: '2026-03-01', endDate: '2026-03-31' }, reader: 'readPeriod' },
  receipt: {
    body: {
      qrCode: 't=20260317T1923&s=1498.00&fn=9282440300669857&i=25151&fp=1186123459&n=1',
      cardNumber: '2100000000012',
    },
  },
  'promo-code': { body: { code: 'SPRING', cardNumber: '2100000000012' } },
  nothing: {},
};

const WORDS = {
  en: {
    title: 'The loyalty API',
    intro:
      'The thirteen methods that Кошелёк calls, from the table of the contract; the samples are read and written by the same code as in the ' +
      'gateway. [The contract](../contracts/koshelek-loyalty.md) has the rules, [errors](../errors.md) every refusal. Each answer is 200, or 422 ' +
      'with `{"code", "description"}`, or 401 for a wrong login (422 where `KOSHELEK_AUTH_FAILURE_STATUS` says so), or 400 for a head that HTTP ' +
      'refuses; each elementary value is a string.',
    head: ['#', 'method', 'since', 'known by', 'purpose'],
    certainty: { D: 'the vendor', P: 'a partner', U: 'no one: our reading' },
    request: 'Request:',
    answer: 'Answer:',
    empty: 'The answer is 200 without a body.',
    none: 'Without a card the answer is 200 without a body.',
    optional: 'A programme may leave it out.',
  },
  ru: {
    title: 'API лояльности',
    intro:
      'Тринадцать методов, которые вызывает Кошелёк, из таблицы контракта; примеры читает и пишет тот же код, что и в шлюзе. Правила – в ' +
      '[контракте](../contracts/koshelek-loyalty.md) (на английском), все отказы – в [списке ошибок](../errors.md). Ответ – 200 или 422 с ' +
      '`{"code", "description"}`, на неверный логин 401 (или 422, если так сказано в `KOSHELEK_AUTH_FAILURE_STATUS`), на заголовки не по правилам ' +
      'HTTP 400; каждое простое значение – строка.',
    head: ['№', 'метод', 'с версии', 'откуда известен', 'зачем'],
    certainty: { D: 'от вендора', P: 'от партнёра', U: 'ниоткуда: наше прочтение' },
    request: 'Запрос:',
    answer: 'Ответ:',
    empty: 'Ответ – 200 без тела.',
    none: 'Если карты нет, ответ – 200 без тела.',
    optional: 'В программе лояльности его может не быть.',
  },
};

/** The page of the thirteen methods. @param contract the built library */
export function loyaltyPage(language, contract) {
  const words = WORDS[language];
  const purposeOf = ({ operation, purpose }) =>
    language === 'ru' ? (METHODS_IN_RUSSIAN[operation] ?? purpose) : purpose;
  const methods = contract.LOYALTY_METHODS;
  const rows = methods.map((method) => [
    String(method.number),
    `\`${method.verbs[0]} /v1${method.path}\``,
    method.since,
    words.certainty[method.certainty],
    purposeOf(method),
  ]);
  const parts = [`# ${words.title}`, otherLanguage(language, 'loyalty-api.md'), words.intro, table(words.head, rows)];
  for (const method of methods) {
    const { request, answer } = sampleOf(method, contract);
    parts.push(
      `## ${method.number}. ${method.operation}`,
      `${purposeOf(method)}.${method.optional ? ` ${words.optional}` : ''}`,
    );
    parts.push(words.request, fence('http', request));
    if (answer === undefined) parts.push(words.empty);
    else parts.push(words.answer, fence('json', answer));
    if (method.answer === 'card-or-empty') parts.push(words.none);
  }
  return `${parts.join('\n\n')}\n`;
}

const fence = (language, text) => `\`\`\`${language}\n${text}\n\`\`\``;

function sampleOf({ verbs, path, request, answer, operation }, contract) {
  const { query, body: usual, reader } = REQUESTS[request];
  const body = operation.startsWith('issue') ? NEW_HOLDER : usual;
  const cardNumber = operation === 'issueReservedCard' ? AGREED_NUMBER : CARD.cardNumber;
  if (reader !== undefined && !contract[reader](query ?? body).ok)
    throw new StepError(`${reader} refuses the sample of ${operation}`);
  const target = `/v1${path.replace('{cardNumber}', cardNumber)}${query === undefined ? '' : `?${new URLSearchParams(query)}`}`;
  const head = `${verbs[0]} ${target}`;
  return {
    request: body === undefined ? head : `${head}\nContent-Type: application/json\n\n${JSON.stringify(body)}`,
    answer: answerOf(answer, contract.loyaltyEncoders()),
  };
}

function answerOf(answer, encode) {
  switch (answer) {
    case 'card-or-empty':
    case 'card':
      return encode.card(CARD);
    case 'card-with-bonus':
      return encode.cardWithBonus({ ...CARD, bonus: BONUS });
    case 'purchases':
      return encode.purchases([PURCHASE]);
    case 'card-number':
      return encode.reservedNumber(CARD);
    case 'offers':
      return encode.offers([OFFER]);
    case 'phones':
      return encode.phones([PHONE.phone]);
    case 'phones-with-params':
      return encode.phonesWithParams([PHONE]);
    default:
      return undefined;
  }
}
