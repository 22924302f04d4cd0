import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { parse, parseAllDocuments } from 'yaml';
import { ROLES } from './config/config.js';
import { variableNames } from './config/environment/environment.js';
import { readConfig } from './config/read-config.js';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const FOLDER = join(ROOT, 'docker/kubernetes');
const read = (name: string): string => readFileSync(join(FOLDER, name), 'utf8');

interface Variable {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: { readonly secretKeyRef: { readonly key: string; readonly optional?: boolean } };
}
interface Probe {
  readonly httpGet: { readonly path: string; readonly port: string };
}
interface Container {
  readonly command?: readonly string[];
  readonly env?: readonly Variable[];
  readonly ports?: readonly { readonly name: string; readonly containerPort: number }[];
  readonly lifecycle?: { readonly preStop: { readonly sleep: { readonly seconds: number } } };
  readonly startupProbe?: Probe;
  readonly livenessProbe?: Probe;
  readonly readinessProbe?: Probe;
}
interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly template?: { readonly spec: { readonly terminationGracePeriodSeconds?: number; containers: [Container] } };
    readonly scaleTargetRef?: { readonly kind: string; readonly name: string };
    readonly metrics?: readonly { readonly external: { readonly metric: { readonly name: string } } }[];
  };
}

const manifestsIn = (name: string): Manifest[] =>
  parseAllDocuments(read(name)).map((found) => found.toJS() as Manifest);
const { resources, patches } = parse(read('gateway/kustomization.yaml')) as {
  resources: readonly string[];
  patches: readonly { readonly path: string; readonly target: { readonly kind: string; readonly name?: string } }[];
};
const manifests = resources.flatMap((name) => manifestsIn(`gateway/${name}`));
const settings = parseEnv(read('settings/settings.env'));
const [job] = manifestsIn('migrate/job.yaml');

/** What kustomize makes of a manifest's container: its own fields, and those of each patch whose target it is. */
function patched({ kind, metadata, spec }: Manifest): Container & { readonly graceSecs: number } {
  const matches = (pattern = '.*', text = ''): boolean => new RegExp(`^(?:${pattern})$`).test(text);
  const fitting = patches.filter(({ target }) => matches(target.kind, kind) && matches(target.name, metadata.name));
  const specs = [spec, ...fitting.flatMap(({ path }) => manifestsIn(`gateway/${path}`)).map((patch) => patch.spec)];
  const pods = specs.flatMap(({ template }) => template?.spec ?? []);
  const containers = pods.map((pod) => pod.containers[0]);
  return {
    ...Object.assign({}, ...containers),
    env: containers.flatMap(({ env = [] }) => env),
    ports: containers.flatMap(({ ports = [] }) => ports),
    graceSecs: Math.max(...pods.map((pod) => pod.terminationGracePeriodSeconds ?? 0)),
  };
}

const processes = manifests.filter(({ spec }) => spec.template !== undefined).map((manifest) => patched(manifest));
const roleOf = ({ env }: Container): string | undefined => env?.find(({ name }) => name === 'ROLES')?.value;

/** The settings, and for each secret something as long as production asks for. */
function environmentOf({ env = [] }: Container): Record<string, string | undefined> {
  const secret = (name: string): string => {
    if (name === 'TROIKA_API_PHONE') return '+73946027654';
    if (name === 'CALLBACK_SECRETS') return 'shop:whsec_YSBjYWxsYmFjayBzZWNyZXQgb2YgdGhlIHN1aXRlcyE=';
    const word = `${name}-Qm7vT2xZ9kLw4RbN8sHd`.toLowerCase();
    return /_KEYS$|_CREDENTIALS$/.test(name) ? `name:${word}` : word;
  };
  const given = env.filter(({ valueFrom }) => valueFrom?.secretKeyRef.optional !== true);
  const own = Object.fromEntries(given.map(({ name, value }) => [name, value ?? secret(name)]));
  return { NODE_ENV: 'production', ...settings, ...own };
}

describe('docker/kubernetes', () => {
  it('has each role once, and every variable that it sets exists', () => {
    expect(processes).toHaveLength(ROLES.length);
    expect(new Set(processes.map((container) => roleOf(container)))).toEqual(new Set(ROLES));
    const containers = [...processes, ...(job?.spec.template?.spec.containers ?? [])];
    const names = [...Object.keys(settings), ...containers.flatMap(({ env = [] }) => env.map(({ name }) => name))];
    expect(names.filter((name) => !variableNames().includes(name))).toEqual([]);
  });

  it.each(ROLES)('gives the role %s all that its start asks for in production, and no other fault', (role) => {
    const container = processes.find((each) => roleOf(each) === role);
    expect(() => readConfig(environmentOf(container ?? {}))).not.toThrow();
  });

  it('asks probes that exist, at the ports that the listeners have', () => {
    const { paths } = JSON.parse(readFileSync(join(ROOT, 'docs/admin.openapi.json'), 'utf8')) as { paths: object };
    for (const container of processes) {
      const config = readConfig(environmentOf(container));
      const ports = new Map(container.ports?.map(({ name, containerPort }) => [name, containerPort]));
      expect(ports.get('internal')).toBe(config.internalListener.port);
      expect(ports.get('public')).toBe(config.roles.has('loyalty') ? config.publicListener.port : undefined);
      for (const probe of [container.startupProbe, container.livenessProbe, container.readinessProbe]) {
        expect(probe?.httpGet.port).toBe('internal');
        expect(Object.keys(paths)).toContain(probe?.httpGet.path);
      }
    }
  });

  it('gives each process the time that its end takes, behind the pause in which its calls cease', () => {
    const { troika } = readConfig(environmentOf(processes.find((each) => roleOf(each) === 'worker') ?? {}));
    for (const container of processes) {
      const pauseSecs = container.lifecycle?.preStop.sleep.seconds ?? 0;
      expect(pauseSecs > 0).toBe(roleOf(container) !== 'worker');
      expect(container.graceSecs).toBeGreaterThan(pauseSecs + (troika?.timeoutMs ?? 0) / 1000 + 5);
    }
  });

  it('scales what exists by a metric that exists, and migrates by a program that exists', () => {
    const [scaler] = manifests.filter(({ kind }) => kind === 'HorizontalPodAutoscaler');
    const { scaleTargetRef, metrics = [] } = scaler?.spec ?? {};
    expect(manifests.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toContain(
      `${scaleTargetRef?.kind} ${scaleTargetRef?.name}`,
    );
    const glossary = readFileSync(join(ROOT, 'docs/glossary.md'), 'utf8');
    for (const { external } of metrics) expect(glossary).toContain(`\`${external.metric.name}\``);
    const [, program = ''] = job?.spec.template?.spec.containers[0].command ?? [];
    expect(existsSync(fileURLToPath(new URL(program.replace(/^dist\/(.+)\.js$/, './$1.ts'), import.meta.url)))).toBe(
      true,
    );
  });

  it('is compared with the types of Kubernetes, which know a field that no kind has', async () => {
    const { checkManifests } = (await import(`${ROOT}/scripts/lib/check-kubernetes.mjs`)) as {
      checkManifests: (manifests: readonly { origin: string; manifest: unknown; isPart: boolean }[]) => Promise<void>;
    };
    const manifest = { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', spec: { minAvailible: 1 } };
    await expect(checkManifests([{ origin: 'a test', manifest, isPart: true }])).rejects.toThrow('"minAvailible"');
  });

  it('names in its README the secrets that the manifests refer to, each once', () => {
    const texts = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yaml'));
    const used = texts.flatMap((name) =>
      [...read(name).matchAll(/vestibule-secrets, key: (\w+)/g)].map(([, key]) => key),
    );
    const named = [...read('README.md').matchAll(/^ +--from-literal=(\w+)=/gm)].map(([, key]) => key);
    expect(new Set(named)).toEqual(new Set(used));
    expect(named).toHaveLength(new Set(named).size);
  });
});
