/** A table of Markdown. @param {readonly string[]} head @param {readonly (readonly string[])[]} rows */
export function table(head, rows) {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.map(cell).join(' | ')} |`).join('\n');
}

const cell = (text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** Code in a cell; a dash for nothing. @param {string | undefined} text */
export const code = (text) => (text === undefined || text === '' ? '–' : `\`${text}\``);

/** The link to the same page in the other language. */
export const otherLanguage = (language, page) =>
  language === 'en' ? `[По-русски](../ru/${page})` : `[In English](../en/${page})`;
