import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { problem } from '../../problem.js';
import { PROBLEM_CATALOGUE, type ProblemName } from '../catalogue.js';
import { inRussian, PROBLEMS_IN_RUSSIAN, sentenceInRussian } from './in-russian.js';
import { SENTENCES_IN_RUSSIAN } from './sentences.js';

const SOURCES = fileURLToPath(new URL('../../../', import.meta.url));
const CYRILLIC = /[а-яё]/i;

/** The code without the catalogue; a value in a sentence is `{}`. */
const code = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.includes('problems/russian'))
  .map((file) => readFileSync(join(SOURCES, file), 'utf8'))
  .join('\n')
  .replaceAll(/\$\{[^}]*\}/g, '{}');

describe('a problem in Russian', () => {
  it.each(Object.keys(PROBLEM_CATALOGUE) as ProblemName[])('is said in whole sentences: %s', (name) => {
    const { title, meaning, whatToDo } = PROBLEMS_IN_RUSSIAN[name];
    expect([title, meaning, whatToDo]).toEqual([
      expect.stringMatching(/^\S.*[^.]$/),
      expect.stringMatching(/^\S.+\.$/),
      expect.stringMatching(/^\S.+\.$/),
    ]);
    for (const text of [title, meaning, whatToDo]) expect(text).toMatch(CYRILLIC);
    expect(inRussian(problem(name, 'Something that no catalogue has.'))).toEqual({
      ...problem(name, `${meaning} ${whatToDo}`),
      title,
    });
  });

  it('keeps the values of a sentence, and says the words among them in Russian too', () => {
    expect(sentenceInRussian('The order is confirmed; only an unknown one is to be resolved.')).toBe(
      'Состояние заказа – «оплачен»; решать можно только о заказе с неизвестным исходом.',
    );
    expect(
      sentenceInRussian(
        'Тройка Бизнес does not confirm its order 7: it answered 501 (нет). Check the number, or send "force": true.',
      ),
    ).toBe('Тройка Бизнес не подтверждает свой заказ 7: она ответила 501 (нет). Проверьте номер.');
  });

  it.each(Object.entries(SENTENCES_IN_RUSSIAN))('says only what the gateway says: %s', (english, russian) => {
    const count = (text: string): number => text.split('{}').length;
    expect(count(russian)).toBe(count(english));
    // A long sentence is written in pieces, and a value may be a piece of its own.
    for (const piece of english.split('{}')) expect(code).toContain(piece.trim());
  });
});
