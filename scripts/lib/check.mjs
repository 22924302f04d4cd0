import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { checkArrows } from './arrows.mjs';
import { checkKubernetes } from './check-kubernetes.mjs';
import { run } from './run.mjs';
import { nx, ROOT, setUp, SET_UP_STEPS } from './set-up.mjs';
import { Steps } from './steps.mjs';

/** Format, lint, types, module boundaries, unused and undeclared packages, generated documents, OpenAPI, Kubernetes, links between documents, names. */
export async function check() {
  const steps = new Steps(SET_UP_STEPS + 11);
  await setUp(steps);
  const prettier = join(ROOT, 'node_modules/prettier/bin/prettier.cjs');
  await steps.run('format', () => run(process.execPath, [prettier, '--check', '--log-level=warn', '.'], { cwd: ROOT }));
  await steps.run('lint', () => nx(['run-many', '-t', 'lint', '--output-style=static']));
  await steps.run('types', () => nx(['run-many', '-t', 'types', '--output-style=static']));
  await steps.run('module boundaries', checkArrows);
  await steps.run('unused files and packages', () =>
    run(process.execPath, [join(ROOT, 'node_modules/knip/bin/knip.js'), '--no-progress'], { cwd: ROOT }),
  );
  await steps.run('generated documents', async () => {
    for (const script of [
      'generate-errors-doc',
      'generate-openapi',
      'generate-schema',
      'generate-runbook',
      'generate-problems-doc',
      'generate-reference',
    ]) {
      await run(process.execPath, [join(ROOT, `scripts/${script}.mjs`), '--check'], { cwd: ROOT });
    }
  });
  await steps.run('licences', () =>
    run(process.execPath, [join(ROOT, 'scripts/generate-licences.mjs'), '--check'], { cwd: ROOT }),
  );
  await steps.run('OpenAPI documents', lintOpenApi);
  await steps.run('Kubernetes manifests', checkKubernetes);
  await steps.run('links and citations', () =>
    run(process.execPath, [join(ROOT, 'scripts/check-documents.mjs')], { cwd: ROOT }),
  );
  await steps.run('names', () => run(process.execPath, [join(ROOT, 'scripts/check-names.mjs')], { cwd: ROOT }));
}

/** By redocly.yaml, without the network. */
async function lintOpenApi() {
  const documents = readdirSync(join(ROOT, 'docs')).filter((name) => name.endsWith('.openapi.json'));
  await run(
    process.execPath,
    [join(ROOT, 'node_modules/@redocly/cli/bin/cli.js'), 'lint', ...documents.map((name) => join('docs', name))],
    { cwd: ROOT, env: { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' } },
  );
}
