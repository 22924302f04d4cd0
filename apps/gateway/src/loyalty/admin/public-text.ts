import { format } from '../../http/schema/formats.js';
import { holdsContact } from './contact-in-text.js';

/** A text that no erasure reaches: it says something, and has no phone and no e-mail in it. */
export const publicText = format(
  'text-without-contact',
  (text) => text.trim() !== '' && !holdsContact(text.trim()),
  'Must say something. Leave out phones and e-mails: this text is kept when a person is erased.',
);
