import type { LoyaltyErrorRow } from './row.js';

/** 10xx and 11xx: the caller and the form of the request, before any field is read. */
export const CALL_ERRORS = {
  wrongCredentials: {
    code: '1001',
    description: 'Неверный логин или пароль',
    params: [],
    when: 'The Authorization header is absent, is not HTTP Basic, cannot be decoded, or holds no known login and password.',
  },
  unknownPath: {
    code: '1101',
    description: 'Неизвестный адрес запроса: такого метода нет в Loyalty Online API',
    params: [],
    when: 'No method of the API has this path.',
  },
  wrongVerb: {
    code: '1102',
    description: 'Метод HTTP {verb} по этому адресу не поддерживается, допустимы: {allowed}',
    params: ['verb', 'allowed'],
    when: 'The path exists, but not with this verb.',
  },
  methodNotInVersion: {
    code: '1103',
    description: 'Запрос недоступен в версии API {version}, он появился в версии {since}',
    params: ['version', 'since'],
    when: 'The method is younger than the version of the API this programme is set to (`KOSHELEK_API_VERSION`).',
  },
  methodNotOffered: {
    code: '1104',
    description: 'Программа лояльности не поддерживает этот запрос',
    params: [],
    when: 'The method exists in this version, but the card programme does not carry it out.',
  },
  malformedRequest: {
    code: '1110',
    description: 'Запрос не соответствует протоколу HTTP',
    params: [],
    when: 'The bytes received are not a valid HTTP request, or the query is not percent-encoded UTF-8.',
  },
  headersTooLarge: {
    code: '1111',
    description: 'Заголовки запроса длиннее {limit} байт',
    params: ['limit'],
    when: 'The request line and the headers together exceed the limit.',
  },
  bodyTooLarge: {
    code: '1112',
    description: 'Тело запроса длиннее {limit} байт',
    params: ['limit'],
    when: 'The body exceeds the limit.',
  },
  requestNotReceived: {
    code: '1113',
    description: 'Запрос не получен целиком за отведённое время',
    params: [],
    when: 'The caller did not send the whole request in time.',
  },
  unsupportedContentType: {
    code: '1114',
    description: 'Тип содержимого запроса не поддерживается, ожидается application/json',
    params: [],
    when: 'A body has a Content-Type other than JSON in UTF-8, or is compressed.',
  },
  notUtf8: {
    code: '1115',
    description: 'Тело запроса не в кодировке UTF-8',
    params: [],
    when: 'The body holds bytes that are not UTF-8.',
  },
  malformedJson: {
    code: '1116',
    description: 'Тело запроса не является корректным JSON',
    params: [],
    when: 'The body cannot be parsed as JSON.',
  },
  bodyMissing: {
    code: '1117',
    description: 'Тело запроса пусто, ожидается объект JSON',
    params: [],
    when: 'The method requires a body and the request has none.',
  },
  bodyNotObject: {
    code: '1118',
    description: 'Тело запроса должно быть объектом JSON',
    params: [],
    when: 'The body is JSON, but an array, a string, a number, a boolean or null.',
  },
  duplicateKey: {
    code: '1119',
    description: 'Ключ в объекте JSON указан дважды',
    params: [],
    when: 'An object in the body has a key twice: which of the two values counts, the caller must say.',
  },
} as const satisfies Record<string, LoyaltyErrorRow>;
