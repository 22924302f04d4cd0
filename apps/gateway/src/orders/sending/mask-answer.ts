import { receivedText } from '@vestibule/envelope';
import { cleanText } from '../../storage/clean-text.js';
import { maskEmails } from './mask-emails.js';

/** How much of an answer is kept, in bytes of UTF-8. */
export const KEPT_BYTES = 16 * 1024;
/** Masking reads more than is kept, so that a value across the cut is masked too. */
const LOOKED_AT = KEPT_BYTES * 2;

const PERSONAL_FIELD =
  /("(?:phone|msisdn|email|e-?mail|name|firstname|first_name|surname|lastname|last_name|patronymic|fullname|fio)"\s*:\s*)"(?:[^"\\]|\\[^])*(?:"|\\?$)/giu;
/** Each start reads ten gaps at most, so the whole text is read a dozen times at worst. With a plus, or eleven digits from 7 or 8; a bare number behind a colon is an id. */
const PHONE = /\+\d(?:[\s()-]*\d){9,14}|(?<![\d.:]|:\s)[78](?:[\s()-]*\d){10}(?!\d)/gu;

/**
 * The part of an answer that may be stored: personal data masked by the name of the field and by its form, cut to the
 * first 16 KiB, without characters that PostgreSQL's text cannot store.
 *
 * @param received undefined without an answer
 */
export function maskAnswer(received: string | undefined): string | null {
  if (received === undefined || received === '') return null;
  return cut(maskForms(cleanText(received.slice(0, LOOKED_AT)).replaceAll(PERSONAL_FIELD, '$1"***"')));
}

/** A short text of the partner's, for people: masked by form. */
export function maskText(text: string): string {
  return cut(maskForms(cleanText(text.slice(0, LOOKED_AT))));
}

function maskForms(text: string): string {
  return maskEmails(text).replaceAll(PHONE, '***');
}

/** Cuts to the bytes that are kept, between two characters. */
function cut(text: string): string {
  const bytes = Buffer.from(text);
  return bytes.byteLength <= KEPT_BYTES ? text : receivedText(bytes, KEPT_BYTES);
}
