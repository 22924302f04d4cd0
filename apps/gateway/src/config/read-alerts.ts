import { ALERT_FORMS, type AlertForm, type AlertTarget } from '../alerts/alert-target.js';
import { readTarget, type TargetRules } from '../egress/read-target.js';
import type { AlertsConfig } from './config.js';
import type { Environment } from './environment/environment.js';
import { groupSecrets, readNetworks, readWays } from './read-egress.js';

/** Where the runbook is in the repository. */
const RUNBOOK_FOLDER = 'docs/operations';

/** The settings of alerts; faults of several variables together are added to `faults`, without an address or a secret. */
export function readAlerts(
  environment: Environment,
  secretPairs: readonly (readonly [string, string])[],
  faults: string[],
  options: { demo: boolean; env: Readonly<Record<string, string | undefined>>; dnsServers: readonly string[] },
): AlertsConfig {
  const { demo, env, dnsServers } = options;
  const rules: TargetRules = {
    isPlainHttpAllowed: demo,
    allowedNetworks: readNetworks('ALERT_ALLOWED_NETWORKS', environment, faults, { demo }),
  };
  const secrets = groupSecrets('ALERT_SECRETS', secretPairs, faults);
  const targets = (environment.ALERT_WEBHOOKS?.split(',') ?? []).map((text) => readAlertTarget(text, secrets));
  for (const target of targets) {
    const fault = faultOf(target, rules);
    if (fault !== undefined) faults.push(`ALERT_WEBHOOKS, target "${target.name}": ${fault}`);
  }
  const names = targets.map(({ name }) => name);
  for (const name of new Set(names)) {
    if (names.indexOf(name) !== names.lastIndexOf(name)) faults.push(`ALERT_WEBHOOKS has two targets named "${name}"`);
  }
  for (const name of secrets.keys()) {
    if (!names.includes(name)) faults.push(`ALERT_SECRETS names "${name}"; allowed: names of ALERT_WEBHOOKS`);
  }
  return {
    targets,
    ...rules,
    dnsServers,
    wayTo: readWays('ALERT_PROXY', environment, env, faults),
    runbookUrl: environment.ALERT_RUNBOOK_URL?.replace(/\/+$/, '') ?? RUNBOOK_FOLDER,
    consoleUrl: environment.ALERT_CONSOLE_URL?.replace(/[/#]+$/, ''),
  };
}

/** `name=[form:]address` */
function readAlertTarget(text: string, secrets: ReadonlyMap<string, readonly Buffer[]>): AlertTarget {
  const name = text.slice(0, text.indexOf('='));
  const rest = text.slice(name.length + 1);
  const form = ALERT_FORMS.find((one) => rest.startsWith(`${one}:`)) ?? 'standard';
  const url = rest.startsWith(`${form}:`) ? rest.slice(form.length + 1) : rest;
  return { name, form, url, secrets: secrets.get(name) ?? [] };
}

/** What each form needs beside its address. */
const NEEDS: Readonly<Partial<Record<AlertForm, (target: AlertTarget) => string | undefined>>> = {
  standard: ({ secrets, name }) =>
    secrets.length > 0 ? undefined : `It has no secret to sign with. Set ALERT_SECRETS=${name}:whsec_…`,
  telegram: ({ url }) =>
    new URL(url).searchParams.has('chat_id')
      ? undefined
      : 'Must name the chat: telegram:https://api.telegram.org/bot<token>/sendMessage?chat_id=…',
};

function faultOf(target: AlertTarget, rules: TargetRules): string | undefined {
  const read = readTarget(target.url, rules);
  return read.ok ? NEEDS[target.form]?.(target) : read.detail;
}
