import { describe, expect, it } from '@jest/globals';
import { codeBlocks, FILES, inlineCode, read, ROOT } from './testing/documents.js';

/** What is run or read by a program: the same in both languages, to the letter. */
const COMMANDS = ['sh', 'ini', 'console', 'http'];
const pages = (language: string): string[] =>
  FILES.filter((name) => name.startsWith(`docs/${language}/`)).map((name) => name.slice('docs/xx/'.length));
const PAIRS = [
  ...pages('en').map((page) => ({ en: `docs/en/${page}`, ru: `docs/ru/${page}` })),
  { en: 'README.md', ru: 'README.ru.md' },
];

/** Beside each other in one folder, with texts of their own: only headings and commands are compared. */
const BESIDE = FILES.filter((name) => /^docs\/.*\.ru\.md$/.test(name)).map((ru) => ({
  en: ru.replace('.ru.', '.'),
  ru,
}));

const headings = (text: string): number[] =>
  [...text.replaceAll(/^ *```[^]*?^ *```/gm, '').matchAll(/^(#+) /gm)].map(([, marks]) => marks?.length ?? 0);
const settings = (text: string): string[] =>
  [...new Set(inlineCode(text).flatMap((code) => code.match(/\b[A-Z][A-Z\d]*(?:_[A-Z\d]+)+\b/g) ?? []))].toSorted();
/** Without comments behind commands and reasons for the audit, which are in the language of the page. */
const commands = (text: string): string[] =>
  codeBlocks(text, COMMANDS).map((code) => code.replaceAll(/ +# .*$/gm, '').replaceAll(/("why": )"[^"]*"/g, '$1"…"'));

describe('the documents in two languages', () => {
  it('are the same pages', () => {
    expect(pages('ru').toSorted()).toEqual(pages('en').toSorted());
  });

  it.each([...PAIRS, ...BESIDE])('have in $ru the headings and commands of $en, word for word', ({ en, ru }) => {
    expect(headings(read(ru))).toEqual(headings(read(en)));
    expect(commands(read(ru))).toEqual(commands(read(en)));
  });

  it.each(PAIRS.filter(({ en }) => en !== 'README.md'))('name in $ru the settings of $en', ({ en, ru }) => {
    expect(settings(read(ru))).toEqual(settings(read(en)));
  });

  it.each(['koshelek', 'troika'])('show in docs/en only commands that a test runs: the page %s', (page) => {
    const tested = [
      ...codeBlocks(read('docs/en/production.md'), ['sh']),
      ...codeBlocks(read('libs/signer/README.md'), ['console']),
    ];
    for (const command of codeBlocks(read(`docs/en/${page}.md`), COMMANDS)) expect(tested).toContain(command);
  });

  it('have in docs/en/production.md the sections that npm run newcomer-path takes its commands from', async () => {
    const { readCode } = (await import(`${ROOT}scripts/lib/newcomer-path/document-commands.mjs`)) as {
      readCode: (root: string, name: string) => { below: (heading: string, language?: string) => string[] };
    };
    const { below } = readCode(ROOT, 'docs/en/production.md');
    const taken = [...read('scripts/lib/newcomer-path/newcomer-path.mjs').matchAll(/'(## \d\. [^']+)'/g)];
    expect(taken).toHaveLength(9);
    for (const [, heading = ''] of taken) {
      expect(below(heading, heading.startsWith('## 6.') ? 'ini' : 'sh').length).toBeGreaterThan(0);
    }
  });

  it.each(['README.md', 'README.ru.md'])('give in %s the figures of the benchmark as it was measured', (name) => {
    const measured = read('bench/README.md');
    const rows = [...read(name).matchAll(/^\| `([\w-]+(?: \(\w+\))?)` +\| ([\d.,]+ ×) +\| ([\d.,]+ ×) +\|$/gm)];
    expect(rows).toHaveLength(3);
    for (const [, row, handWritten, usual] of rows) {
      const [, first, second] =
        new RegExp(
          String.raw`^\| \`${row?.replaceAll(/[()]/g, String.raw`\$&`)}\` +\| hand-written +\| ([\d.]+ ×).*\n\| +\| usual +\| ([\d.]+ ×)`,
          'm',
        ).exec(measured) ?? [];
      // In Russian decimals have a comma.
      expect([row, handWritten?.replace(',', '.'), usual?.replace(',', '.')]).toEqual([row, first, second]);
    }
  });
});
