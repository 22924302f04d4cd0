import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const { scripts } = JSON.parse(readFileSync(`${ROOT}/package.json`, 'utf8')) as { scripts: Record<string, string> };
const { HELP } = (await import(`${ROOT}/scripts/lib/help.mjs`)) as { HELP: Record<string, string> };

/** The conformance kit prints its own help, which the tests of apps/sandbox cover. */
const WITH_OWN_HELP = ['koshelek:check'];
const commands = Object.keys(scripts).filter((name) => !WITH_OWN_HELP.includes(name));

describe('the npm commands', () => {
  it('all have a help text', () => {
    expect(Object.keys(HELP).toSorted()).toEqual(commands.toSorted());
  });

  it.each(commands.filter((name) => HELP[name] !== undefined))(
    'prints the usage of %s for --help, and does nothing else',
    async (name) => {
      const [program = '', ...args] = (scripts[name] ?? '').split(' ');
      const node = program === 'node' ? process.execPath : program;
      const { stdout, stderr } = await promisify(execFile)(node, [...args, '--help'], { cwd: ROOT });
      expect(stderr).toBe('');
      expect(stdout).toBe(HELP[name]);
      expect(stdout).toMatch(/^usage: npm /);
    },
  );
});
