import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { StepError } from '../steps.mjs';

const FENCE = /^( *)```(\w+)\n([^]*?)^ *```$/gm;

/**
 * The code of a document, as it is written there.
 *
 * @param {string} root of the checkout
 * @param {string} name of the document, such as docs/en/production.md
 */
export function readCode(root, name) {
  const text = readFileSync(join(root, name), 'utf8');
  return {
    /** The blocks of a language below a heading, such as "## 2. Secrets". @returns {string[]} */
    below(heading, language = 'sh') {
      const [, section] = text.split(`\n${heading}\n`);
      if (section === undefined) throw new StepError(`${name} has no section ${heading}`);
      return blocksOf(section.split(/\n## /)[0], language);
    },
    /** The first block that has these words. @returns {string} */
    having(words, language = 'sh') {
      const found = blocksOf(text, language).find((block) => block.includes(words));
      if (found === undefined) throw new StepError(`${name} shows no command with ${words}`);
      return found;
    },
  };
}

/** Without the indent of the list that a block stands in. */
function blocksOf(text, language) {
  return [...text.matchAll(FENCE)]
    .filter(([, , name]) => name === language)
    .map(([, indent, , code]) => code.replaceAll(new RegExp(`^${indent}`, 'gm'), ''));
}

/** The commands of a console block, without its prompts and its output. @param {string} block */
export function promptsOf(block) {
  return [...block.matchAll(/^\$ (.+)$/gm)].map(([, command]) => command);
}
