import { EN, type TextKey } from './catalogue/en.js';
import { RU } from './catalogue/ru.js';
import { language } from './language.js';

const CATALOGUE: Readonly<Record<TextKey, string>> = language === 'ru' ? RU : EN;

/**
 * A text of the console in the chosen language.
 *
 * @param values for the `{names}` in it
 */
export function t(key: TextKey, values: Readonly<Record<string, string | number>> = {}): string {
  return CATALOGUE[key].replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** The text of a key that is made of a word of the gateway; the word itself where there is none. */
export function tWord(prefix: string, word: string): string {
  const key = `${prefix}.${word}`;
  return key in CATALOGUE ? CATALOGUE[key as TextKey] : word;
}
