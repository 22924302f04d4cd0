import { describe, expect, it } from '@jest/globals';
import { readConfig, type Env } from './read-config.js';
import { faultsOf as faultsOfConfig } from './testing/faults-of.js';

const BASE: Env = { ROLES: 'admin', ADMIN_API_KEYS: 'ops:five' };
const SECRET = `whsec_${Buffer.from('a secret of 24 bytes, ok').toString('base64')}`;
const TELEGRAM = 'https://api.telegram.org/bot1:TOKEN/sendMessage?chat_id=-100123';

const faultsOf = (env: Env): readonly string[] => faultsOfConfig({ ...BASE, ...env });

describe('ALERT_WEBHOOKS', () => {
  it('is empty unless set, and the runbook is where the repository has it', () => {
    expect(readConfig(BASE).alerts).toMatchObject({ targets: [], runbookUrl: 'docs/operations' });
  });

  it('lists targets by name and form; each of Standard Webhooks has its secrets', () => {
    const { alerts } = readConfig({
      ...BASE,
      ALERT_WEBHOOKS: `ops=https://a.example.com/hook?a=b,duty=telegram:${TELEGRAM},chat=mattermost:https://c.example.com/hooks/x`,
      ALERT_SECRETS: `ops:${SECRET}`,
      ALERT_RUNBOOK_URL: 'https://git.example.com/docs/',
      ALERT_CONSOLE_URL: 'https://vestibule.example.com/console/',
    });
    expect(alerts).toMatchObject({
      targets: [
        { name: 'ops', form: 'standard', url: 'https://a.example.com/hook?a=b' },
        { name: 'duty', form: 'telegram', url: TELEGRAM, secrets: [] },
        { name: 'chat', form: 'mattermost', url: 'https://c.example.com/hooks/x' },
      ],
      runbookUrl: 'https://git.example.com/docs',
      consoleUrl: 'https://vestibule.example.com/console',
    });
    expect(alerts.targets[0]?.secrets.map(String)).toEqual(['a secret of 24 bytes, ok']);
  });

  it.each([
    ['ops=https://a.example.com/', '', 'target "ops": It has no secret to sign with'],
    ['ops=slack:http://a.example.com/', '', 'target "ops": Must begin with https://'],
    ['ops=slack:https://10.0.0.5/', '', 'ALERT_ALLOWED_NETWORKS'],
    ['ops=telegram:https://api.telegram.org/bot1:TOKEN/sendMessage', '', 'target "ops": Must name the chat'],
    ['a=slack:https://a.example.com/,a=slack:https://b.example.com/', '', 'has two targets named "a"'],
    ['a=slack:https://a.example.com/', `b:${SECRET}`, 'ALERT_SECRETS names "b"; allowed: names of ALERT_WEBHOOKS'],
    ['https://a.example.com/TOKEN', '', 'ALERT_WEBHOOKS is not in its form (a secret, not shown)'],
  ])('%s is refused without a secret in the message', (ALERT_WEBHOOKS, ALERT_SECRETS, fault) => {
    const faults = faultsOf({ ALERT_WEBHOOKS, ALERT_SECRETS });
    expect(faults).toEqual([expect.stringContaining(fault)]);
    expect(faults.join()).not.toContain('TOKEN');
  });

  it('may lead into networks that are opened for alerts, which opens nothing to callbacks', () => {
    const config = readConfig({
      ...BASE,
      ALERT_WEBHOOKS: 'ops=slack:https://10.0.0.5/',
      ALERT_ALLOWED_NETWORKS: '10.0.0.0/8',
    });
    expect(config.alerts.allowedNetworks).toHaveLength(1);
    expect(config.callbacks.allowedNetworks).toEqual([]);
  });

  it('goes through HTTPS_PROXY only if ALERT_PROXY says so', () => {
    const wayOf = (more: Env) =>
      readConfig({ ...BASE, HTTPS_PROXY: 'http://proxy.corp:3128', ...more }).alerts.wayTo(new URL(TELEGRAM));
    expect(wayOf({})).toBeUndefined();
    expect(wayOf({ ALERT_PROXY: 'name' })).toMatchObject({ proxy: { host: 'proxy.corp', port: 3128 }, target: 'name' });
    expect(wayOf({ ALERT_PROXY: 'name', NO_PROXY: 'api.telegram.org' })).toBeUndefined();
  });
});
