import type { DatabaseFunction } from './database-function.js';

/**
 * Promo codes are the same in whatever case they are written, Cyrillic ones too. What `upper` alone does to those
 * depends on the locale of the database: with the locale C, nothing. An index is made of it: a change of what it gives
 * needs a migration that makes the index again.
 */
export const withoutCase: DatabaseFunction = {
  name: 'without_case',
  definition: `
create or replace function without_case(given text) returns text
  language sql immutable strict parallel safe
  as $$ select upper(translate(given, 'абвгдеёжзийклмнопрстуфхцчшщъыьэюя', 'АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ')) $$`,
};
