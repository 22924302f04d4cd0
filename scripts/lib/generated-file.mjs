import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { ROOT } from './set-up.mjs';

/** The text as Prettier writes it in this file. */
export async function formatted(name, text, parser) {
  return await format(text, { ...(await resolveConfig(join(ROOT, name))), parser });
}

/**
 * Writes a generated file of the tree. With `--check` it writes nothing, and fails when the file says something else.
 *
 * @param name its path in the tree
 * @param source what it is generated from, as the complaint has it
 * @param script what writes it
 */
export async function keepGenerated(name, wanted, { source, script }) {
  const file = join(ROOT, name);
  if (!process.argv.includes('--check')) {
    await writeFile(file, wanted);
    return;
  }
  const present = await readFile(file, 'utf8').catch((error) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  if (present === wanted) return;
  console.error(`${name} differs from ${source}. Run: node scripts/${script}.mjs`);
  process.exitCode = 1;
}
