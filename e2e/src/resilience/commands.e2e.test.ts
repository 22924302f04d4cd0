import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const { scripts } = JSON.parse(readFileSync(`${ROOT}/package.json`, 'utf8')) as { scripts: Record<string, string> };
const { HELP } = (await import(`${ROOT}/scripts/lib/help.mjs`)) as { HELP: Record<string, string> };

const { readLine } = (await import(`${ROOT}/scripts/lib/log-lines.mjs`)) as {
  readLine: (line: string, options: { everything: boolean }) => { msg: string } | undefined;
};

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

describe('npm run vulnerabilities', () => {
  it('takes a report for a report, and what a registry without that call says for no answer', async () => {
    const { readAdvisories } = (await import(`${ROOT}/scripts/lib/vulnerabilities.mjs`)) as {
      readAdvisories: (text: string) => { severity: string }[] | undefined;
    };
    expect(readAdvisories('{"advisories":{"7":{"severity":"high"}}}')).toEqual([{ severity: 'high' }]);
    expect(readAdvisories('{"advisories":{}}')).toEqual([]);
    const silence = ['', 'ERR_PNPM_AUDIT_BAD_RESPONSE responded with 405', '{"error":{"code":"ECONNREFUSED"}}'];
    expect(silence.map(readAdvisories)).toEqual([undefined, undefined, undefined]);
  });
});

describe('the log of the demo', () => {
  const read = (record: object, everything = false): string | undefined =>
    readLine(JSON.stringify({ level: 'info', ...record }), { everything })?.msg;

  it('says in a sentence what became of an order', () => {
    const attempt = { msg: 'attempt', orderId: '019a', reason: null, resultCode: 0 };
    expect(read({ ...attempt, status: 'confirmed', totalAmount: '2800.00' })).toBe('order 019a confirmed, 2,800 ₽');
    expect(read({ ...attempt, status: 'rejected', resultCode: 601 })).toBe('order 019a rejected (resultCode 601)');
    expect(read({ ...attempt, status: 'unknown', resultCode: null, reason: 'timeout' })).toBe(
      'order 019a unknown (timeout)',
    );
  });

  it('leaves out what else is normal, unless someone has set a level, and never what is wrong', () => {
    const [normal, wrong] = [{ msg: 'the gateway is serving' }, { level: 'warn', msg: 'tracking pauses' }];
    expect([read(normal), read(normal, true), read(wrong)]).toEqual([undefined, normal.msg, wrong.msg]);
  });

  it('shows what is no log line as it is', () => {
    expect(readLine('Debugger attached.', { everything: false })?.msg).toBe('Debugger attached.');
  });
});
