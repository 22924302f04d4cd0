import type { LoyaltyErrorRow } from './row.js';

/** 20xx: any field or query parameter; 21xx: one kind of value. */
export const FIELD_ERRORS = {
  fieldMissing: {
    code: '2001',
    description: 'Не указано обязательное поле {field}',
    params: ['field'],
    when: 'A field or parameter the method cannot do without is absent or empty.',
  },
  fieldWrongType: {
    code: '2002',
    description: 'Поле {field} имеет неверный тип, ожидается {expected}',
    params: ['field', 'expected'],
    when: 'A field of the body has another JSON type than it should.',
  },
  fieldTooLong: {
    code: '2003',
    description: 'Поле {field} длиннее {limit} символов',
    params: ['field', 'limit'],
    when: 'A text exceeds its limit.',
  },
  listTooLong: {
    code: '2004',
    description: 'В списке {field} больше {limit} элементов',
    params: ['field', 'limit'],
    when: 'A list exceeds its limit.',
  },
  fieldForbiddenCharacter: {
    code: '2005',
    description: 'Поле {field} содержит недопустимые символы',
    params: ['field'],
    when: 'A text holds a control character or half a surrogate pair.',
  },
  fieldRepeated: {
    code: '2006',
    description: 'Поле {field} указано несколько раз с разными значениями',
    params: ['field'],
    when: 'A parameter is repeated, or one field has two spellings, and the values differ.',
  },
  fieldUnknownValue: {
    code: '2007',
    description: 'Поле {field} содержит неизвестное значение, допустимы: {allowed}',
    params: ['field', 'allowed'],
    when: 'A field with a fixed set of values has another value.',
  },
  badMsisdn: {
    code: '2101',
    description: 'Поле {field} не является номером телефона: {expected}',
    params: ['field', 'expected'],
    when: "A phone number holds something other than digits, spaces, dots, brackets and dashes, begins with 0, has fewer than 7 or more than 15 digits, begins with 7 without having 11 of them, has a prefix twice (`+7 8…`), lacks its country code, or begins like no country's.",
  },
  badEmail: {
    code: '2102',
    description: 'Поле {field} не является адресом электронной почты',
    params: ['field'],
    when: 'A text is not of the form name@domain.zone, holds a bracket, a comma or a colon, or its domain cannot exist.',
  },
  badDate: {
    code: '2103',
    description: 'Поле {field} не является датой: ожидается существующий день в виде ГГГГ-ММ-ДД',
    params: ['field'],
    when: 'A date has another form, or is not in the calendar (30 February).',
  },
  badPeriod: {
    code: '2104',
    description: 'Начало периода (startDate) позже его конца (endDate)',
    params: [],
    when: 'The end of the purchase history is before its start.',
  },
  noSearchParameter: {
    code: '2105',
    description: 'Не указан ни один параметр поиска: нужен msisdn, email или birthDate',
    params: [],
    when: 'The search has no parameter, or only empty ones.',
  },
  badCardNumber: {
    code: '2106',
    description: 'Номер карты в адресе запроса неверен: ожидается от 1 до {limit} печатных символов в кодировке UTF-8',
    params: ['limit'],
    when: 'The card number in the path is too long, holds control characters, or is not percent-encoded UTF-8.',
  },
  badBirthDate: {
    code: '2107',
    description: 'Поле {field} не может быть датой рождения: она раньше 1900 года или ещё не наступила',
    params: ['field'],
    when: 'A birth date before 1900 or in the future.',
  },
} as const satisfies Record<string, LoyaltyErrorRow>;
