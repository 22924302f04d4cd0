import { SECRETS } from './environment/environment.js';

/** A setting and what is given to it; a quoted value, which may hold line breaks, is passed over as a whole. */
const SETTING = /^[ \t]*(?:export[ \t]+)?([\w.-]+)[ \t]*=[ \t]*(?:"[^"]*"|'[^']*'|`[^`]*`|([^\r\n]*))/gm;
/** A `#` behind a blank begins a comment, as everybody expects; of a secret it could be a part all the same. */
const CUTS = /^#\S|[^\s#]#/;
const CUTS_SECRET = /^#\S|[^\s].*#/;

/**
 * Finds the settings of a file `.env` whose value ends at a `#` without quotes, which Node's reader takes for the
 * beginning of a comment: a secret would be half of itself, and nothing would say so.
 *
 * @returns their names
 */
export function findCutValues(text: string): string[] {
  return [...text.matchAll(SETTING)]
    .filter(([, name = '', value = '']) => (isSecret(name) ? CUTS_SECRET : CUTS).test(value))
    .map(([, name = '']) => name);
}

function isSecret(name: string): boolean {
  return SECRETS.includes(name);
}
