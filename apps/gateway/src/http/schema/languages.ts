import { named, object, text } from './schema.js';

/** A sentence for people, in both languages of those who look after the gateway. */
export const IN_BOTH_LANGUAGES = named('InBothLanguages', object({ en: text('In English.'), ru: text('In Russian.') }));
