import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { variableNames } from './config/environment/environment.js';
import { readConfig } from './config/read-config.js';

const FOLDER = fileURLToPath(new URL('../../../docker/systemd', import.meta.url));
const names = readdirSync(FOLDER);
const read = (name: string): string => readFileSync(join(FOLDER, name), 'utf8');
const units = names.filter((name) => name.endsWith('.service'));
const processes = names.filter((name) => name.endsWith('.env'));
const hasAnalyze = spawnSync('systemd-analyze', ['--version']).status === 0;
if (!hasAnalyze && process.env['VESTIBULE_REQUIRE_TOOLS'] === '1') throw new Error('systemd-analyze is missing');

const SECRETS = {
  KOSHELEK_CREDENTIALS: 'wallet:one',
  ORDERS_API_KEYS: 'shop:two',
  ADMIN_API_KEYS: 'ops:three',
  TROIKA_URL: 'https://api.example.ru/v3',
  TROIKA_BASIC_USER: 'agent',
  TROIKA_BASIC_PASSWORD: 'four',
  TROIKA_API_PHONE: '+73946027654',
  TROIKA_TERMINAL_ID: 'terminal',
  TROIKA_SIGNATURE_KEY: 'five',
};

describe('docker/systemd', () => {
  it('has units that systemd takes as they are', () => {
    if (!hasAnalyze) return;
    const folder = mkdtempSync(join(tmpdir(), 'vestibule-units-'));
    try {
      cpSync(FOLDER, folder, { recursive: true });
      // An instance of a template is looked at by its name.
      cpSync(join(folder, 'vestibule@.service'), join(folder, 'vestibule@api.service'));
      const files = ['vestibule@api.service', 'vestibule-migrate.service'].map((name) => join(folder, name));
      const { stderr, status } = spawnSync('systemd-analyze', ['verify', '--man=no', ...files], { encoding: 'utf8' });
      // What it says of the machine's own units is not about ours.
      expect(stderr.split('\n').filter((line) => line.includes('vestibule'))).toEqual([]);
      expect(status).toBe(0);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('starts programs that exist, and gives a process the time that its end takes', () => {
    for (const unit of units) {
      const [, program = ''] = /^ExecStart=\/usr\/bin\/node dist\/(\w+)\.js$/m.exec(read(unit)) ?? [];
      expect(existsSync(fileURLToPath(new URL(`./${program}.ts`, import.meta.url)))).toBe(true);
    }
    const [, stopSecs] = /^TimeoutStopSec=(\d+)$/m.exec(read('vestibule@.service')) ?? [];
    const { troika } = readConfig(SECRETS);
    expect(Number(stopSecs)).toBeGreaterThan((troika?.timeoutMs ?? 0) / 1000 + 5);
  });

  it('has processes with all roles together, ports of their own, and journals where systemd lets them write', () => {
    const environments = processes.map((name) => parseEnv(read(name)));
    expect(environments.flatMap((env) => Object.keys(env)).filter((name) => !variableNames().includes(name))).toEqual(
      [],
    );
    const configs = environments.map((env) => readConfig({ ...SECRETS, ...env }));
    expect(configs.flatMap(({ roles }) => [...roles]).toSorted()).toEqual(['admin', 'loyalty', 'orders', 'worker']);
    expect(new Set(configs.map(({ internalListener }) => internalListener.port)).size).toBe(configs.length);
    for (const [index, name] of processes.entries()) {
      const instance = name.replace('.env', '');
      expect(configs[index]?.sendJournal.directory).toBe(`/var/lib/vestibule/${instance}/send-journal`);
    }
    expect(read('vestibule@.service')).toMatch(/^StateDirectory=vestibule\/%i$/m);
  });
});
