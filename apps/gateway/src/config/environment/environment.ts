import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { ALERTS_SECRETS, AlertsEnvironment } from './alerts.environment.js';
import { CALLBACKS_SECRETS, CallbacksEnvironment } from './callbacks.environment.js';
import { CatalogEnvironment } from './catalog.environment.js';
import { ExposureEnvironment } from './exposure.environment.js';
import { LOYALTY_SECRETS, LoyaltyEnvironment } from './loyalty.environment.js';
import { PROCESS_SECRETS, ProcessEnvironment } from './process.environment.js';
import { TROIKA_SECRETS, TroikaEnvironment } from './troika.environment.js';

/** The environment variables by topic, each with the rule it must keep. */
export const GROUPS = [
  ProcessEnvironment,
  LoyaltyEnvironment,
  TroikaEnvironment,
  CatalogEnvironment,
  CallbacksEnvironment,
  AlertsEnvironment,
  ExposureEnvironment,
] as const;

/** Every variable, read and checked. */
export type Environment = ProcessEnvironment &
  LoyaltyEnvironment &
  TroikaEnvironment &
  CatalogEnvironment &
  CallbacksEnvironment &
  AlertsEnvironment &
  ExposureEnvironment;

/** Variables whose value is never repeated in a message, and that also come as `NAME_FILE`. */
export const SECRETS: readonly string[] = [
  ...PROCESS_SECRETS,
  ...LOYALTY_SECRETS,
  ...TROIKA_SECRETS,
  ...CALLBACKS_SECRETS,
  ...ALERTS_SECRETS,
];

/** A variable that breaks its rule. */
export interface VariableFault {
  readonly name: string;
  readonly allowed: string;
}

/**
 * Reads variables by the rules; one that is absent has its default. An invalid one is recorded as a fault, and then
 * unusable.
 */
export function readEnvironment(given: Readonly<Record<string, string>>): {
  environment: Environment;
  faults: readonly VariableFault[];
} {
  const groups = GROUPS.map((group) => {
    const own = Object.keys(new group()).filter((name) => given[name] !== undefined);
    const values = Object.fromEntries(own.map((name) => [name, given[name]]));
    return plainToInstance<object, object>(group, values, { exposeDefaultValues: true });
  });
  const faults = groups.flatMap((group) =>
    validateSync(group, { whitelist: false, forbidUnknownValues: false }).map(({ property: name, constraints }) => ({
      name,
      allowed: Object.values(constraints ?? {})[0] ?? 'another value',
    })),
  );
  return { environment: Object.assign({}, ...groups) as Environment, faults };
}

/** The name of every variable. */
export function variableNames(): string[] {
  return GROUPS.flatMap((group) => Object.keys(new group()));
}
