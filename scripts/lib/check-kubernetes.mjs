import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { run } from './run.mjs';
import { ROOT } from './set-up.mjs';

const FOLDER = join(ROOT, 'docker/kubernetes');
/** What `kubectl apply -k` takes. */
const APPLIED = ['migrate', 'gateway'];

/** Every manifest has the fields that its kind has, and no other. @throws StepError with what the compiler says */
export async function checkKubernetes() {
  await checkManifests([...readParts(), ...(hasKubectl() ? APPLIED.flatMap(render) : [])]);
}

/**
 * Compiles manifests as values of the published types.
 *
 * @param {readonly { origin: string, manifest: any, isPart: boolean }[]} manifests a part, such as a patch, may lack fields
 */
export async function checkManifests(manifests) {
  // In the workspace, from where the types are found.
  const folder = join(ROOT, '.vestibule', `kubernetes-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  try {
    // The compiler names the file that has a fault.
    const names = manifests.map(({ origin }, index) => `${origin.replaceAll(/[^\w.-]+/g, '-')}-${index + 1}.ts`);
    for (const [index, name] of names.entries()) writeFileSync(join(folder, name), sourceOf(manifests[index]));
    const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
    const options = ['--noEmit', '--strict', '--skipLibCheck', '--ignoreConfig', '--types', ''];
    const resolution = ['--module', 'nodenext', '--target', 'es2022', ...names];
    await run(process.execPath, [tsc, ...options, ...resolution], { cwd: folder });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function sourceOf({ manifest, isPart }) {
  const type = `import('kubernetes-models/${manifest.apiVersion}').I${manifest.kind}`;
  return `type Part<T> = T extends object ? { [K in keyof T]?: Part<T[K]> } : T;
export const manifest = ${JSON.stringify(manifest, undefined, 2)} satisfies ${isPart ? `Part<${type}>` : type};
`;
}

/** The files as they stand, without those that are for kustomize alone. */
function readParts() {
  const names = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yaml'));
  return names
    .filter((name) => !name.endsWith('kustomization.yaml'))
    .flatMap((name) => manifestsOf(name, readFileSync(join(FOLDER, name), 'utf8'), true));
}

function render(name) {
  const text = execFileSync('kubectl', ['kustomize', join(FOLDER, name)], { encoding: 'utf8' });
  return manifestsOf(`kubectl kustomize docker/kubernetes/${name}`, text, false);
}

function manifestsOf(origin, text, isPart) {
  return parseAllDocuments(text).map((document) => ({ origin, manifest: document.toJS(), isPart }));
}

function hasKubectl() {
  return spawnSync('kubectl', ['version', '--client']).status === 0;
}
