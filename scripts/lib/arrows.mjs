import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nx } from './set-up.mjs';
import { StepError } from './steps.mjs';

/** What a project of each kind may stand on: arrows point down only. */
const MAY_STAND_ON = {
  'type:suite': ['type:app', 'type:client', 'type:contract', 'type:codec'],
  'type:app': ['type:pages', 'type:client', 'type:contract', 'type:codec'],
  // What a browser runs: an app hands it out, and it knows us only by what we answer.
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
    const kindOf = (name) => nodes[name]?.data.tags.find((tag) => tag in MAY_STAND_ON);
    const wrong = [];
    for (const { source, target } of Object.values(dependencies).flat()) {
      if (nodes[target] === undefined) continue;
      const [from, to] = [kindOf(source), kindOf(target)];
      if (from === undefined || to === undefined)
        wrong.push(`${source} or ${target} has no type: tag in its package.json`);
      else if (!MAY_STAND_ON[from].includes(to)) wrong.push(`${source} (${from}) must not stand on ${target} (${to})`);
    }
    if (wrong.length > 0) throw new StepError(wrong.join('\n'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
