import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const PAGE = fileURLToPath(new URL('../../../../docs/upgrading.md', import.meta.url));

/** A numbered step of docs/upgrading.md. */
export interface WrittenStep {
  /** What it begins with, in bold. */
  readonly title: string;
  /** Its commands, word for word. */
  readonly commands: readonly string[];
}

/** The steps of a section, in their order. */
export function writtenSteps(section: string): WrittenStep[] {
  const text = readFileSync(PAGE, 'utf8')
    .split(/^## /m)
    .find((part) => part.startsWith(`${section}\n`));
  if (text === undefined) throw new Error(`docs/upgrading.md has no section "${section}"`);
  return text
    .split(/^\d+\. /m)
    .slice(1)
    .map((step) => ({
      title: /^\*\*(.+?)[.:]?\*\*/.exec(step)?.[1] ?? '',
      commands: [...step.matchAll(/^ *```sh\n([\s\S]+?)\n *```/gm)].flatMap(([, lines = '']) =>
        lines.split('\n').map((line) => line.trim()),
      ),
    }));
}

/** Does what a section says, step by step. @throws Error if the page has another step than we, or in another order */
export async function followSteps(
  section: string,
  actions: Readonly<Record<string, (commands: readonly string[]) => Promise<void>>>,
  say: (line: string) => void,
): Promise<void> {
  const steps = writtenSteps(section);
  const titles = steps.map(({ title }) => title);
  if (titles.join() !== Object.keys(actions).join()) {
    throw new Error(`docs/upgrading.md, "${section}", has the steps ${titles.join(', ')}; these have to be tried`);
  }
  for (const [index, { title, commands }] of steps.entries()) {
    say(`${index + 1}. ${title}`);
    await actions[title]?.(commands);
  }
}
