import { format } from '../http/schema/formats.js';
import { holdsContact } from './contact-in-text.js';

const MAX_WHY = 1_000;

/** A text that is kept when a person is erased. */
export const publicText = format(
  'text-without-contact',
  (text) => text.trim() !== '' && !holdsContact(text.trim()),
  'Must say something. Leave out phones and e-mails: this text is kept when a person is erased.',
);

/** Why an operator does something, in their own words. */
export const WHY = publicText('Why; it is kept in the audit.', { minLength: 1, maxLength: MAX_WHY });
