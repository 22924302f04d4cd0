import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../../../../', import.meta.url));

/** Every file of the checkout, new ones included. */
export const FILES = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: ROOT, encoding: 'utf8' })
  .split('\n')
  .filter((name) => name !== '');

export const read = (name: string): string => readFileSync(ROOT + name, 'utf8');

/** The documents that say how things are. Decisions and the changelog say how they were. */
export const DOCUMENTS = FILES.filter(
  (name) => name.endsWith('.md') && !name.startsWith('docs/decisions/') && name !== 'CHANGELOG.md',
);

/** What stands in backticks outside of code blocks. */
export function inlineCode(text: string): string[] {
  return [...text.replaceAll(/^ *```[^]*?^ *```/gm, '').matchAll(/`([^`\n]+)`/g)].map(([, code]) => code ?? '');
}

/** The code blocks of some languages. */
export function codeBlocks(text: string, languages: readonly string[]): string[] {
  return [...text.matchAll(/^ *```(\w*)\n([^]*?)^ *```$/gm)]
    .filter(([, language]) => languages.includes(language ?? ''))
    .map(([, , code]) => code ?? '');
}
