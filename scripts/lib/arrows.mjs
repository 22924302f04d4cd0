import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nx } from './set-up.mjs';
import { StepError } from './steps.mjs';

/** Which kinds of projects each kind may use: arrows point down only. */
const MAY_USE = {
  'type:suite': ['type:app', 'type:client', 'type:contract', 'type:codec'],
  'type:app': ['type:pages', 'type:client', 'type:contract', 'type:codec'],
  // What a browser runs: an app serves it, and it uses only the answers of our API.
  'type:pages': [],
  'type:client': ['type:contract', 'type:codec'],
  'type:contract': ['type:codec'],
  'type:codec': [],
};

/** Compares the arrows of the Nx graph with the table above. */
export async function checkArrows() {
  const folder = mkdtempSync(join(tmpdir(), 'vestibule-graph-'));
  try {
    const file = join(folder, 'graph.json');
    await nx(['graph', '--file', file]);
    const { nodes, dependencies } = JSON.parse(readFileSync(file, 'utf8')).graph;
    const kindOf = (name) => nodes[name]?.data.tags.find((tag) => tag in MAY_USE);
    const wrong = [];
    for (const { source, target } of Object.values(dependencies).flat()) {
      if (nodes[target] === undefined) continue;
      const [from, to] = [kindOf(source), kindOf(target)];
      if (from === undefined || to === undefined)
        wrong.push(`${source} or ${target} has no type: tag in its package.json`);
      else if (!MAY_USE[from].includes(to)) wrong.push(`${source} (${from}) must not use ${target} (${to})`);
    }
    if (wrong.length > 0) throw new StepError(wrong.join('\n'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
