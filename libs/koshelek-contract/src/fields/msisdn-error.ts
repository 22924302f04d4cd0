import { loyaltyError } from '../errors/loyalty-error.js';
import { accept, refuse, type Reading } from '../reading.js';
import { readMsisdn, type MsisdnFault } from './msisdn.js';

/** What a number should have been, for the description of error 2101. */
const EXPECTED: Readonly<Record<MsisdnFault, string>> = {
  characters: 'ожидаются цифры, номер начинается с кода страны без знака «+»',
  length: 'ожидается от 7 до 15 цифр, первая из них не ноль',
  'zone-7-length': 'в номере с кодом 7 должно быть 11 цифр',
  'repeated-prefix': 'перед номером стоит лишний префикс',
  'no-country-code': 'нет кода страны или не хватает цифры',
  'no-such-country': 'такого кода страны нет',
};

/** Why a text is no phone number, in English, for operators and reports: "… has 11 digits when it begins with 7". */
export const MSISDN_FAULTS: Readonly<Record<MsisdnFault, string>> = {
  characters: 'is no phone number',
  length: 'is no phone number: it has 7 to 15 digits, and no zero in front',
  'zone-7-length': 'is no phone number: one that begins with 7 has 11 digits',
  'repeated-prefix': 'is no phone number: it has a prefix twice',
  'no-country-code': 'is no phone number: its country code or a digit is missing',
  'no-such-country': 'is no phone number: no country has such a code',
};

/** A reader of phones for one field; its refusals have reasons. */
export function msisdnField(field: string): (text: string) => Reading<string> {
  return (text) => {
    const reading = readMsisdn(text);
    return reading.kind === 'msisdn'
      ? accept(reading.msisdn)
      : refuse(loyaltyError('badMsisdn', { field, expected: EXPECTED[reading.fault] }));
  };
}
