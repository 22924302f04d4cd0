import { getMetadataStorage } from 'class-validator';
import { GROUPS, SECRETS } from './environment.js';

/** A variable as its class has it, for the page of all settings. */
export interface DescribedVariable {
  readonly name: string;
  /** The class that it is in. */
  readonly group: string;
  /** What its rule allows, as the complaint about another value says it; undefined for any text. */
  readonly allowed: string | undefined;
  /** As it is written in the environment; undefined if it has none. */
  readonly defaultText: string | undefined;
  readonly isSecret: boolean;
}

/** Every variable, group by group, in the order of the classes. */
export function describeVariables(): DescribedVariable[] {
  return GROUPS.flatMap((group) => {
    const rules = getMetadataStorage().getTargetValidationMetadatas(group, '', false, false);
    return Object.entries(new group() as object).map(([name, value]: [string, unknown]) => {
      const message = rules.find((rule) => rule.propertyName === name && typeof rule.message === 'string')?.message;
      const text = textOf(value);
      return {
        name,
        group: group.name,
        allowed: message as string | undefined,
        defaultText: text === '' ? undefined : text,
        isSecret: SECRETS.includes(name),
      };
    });
  });
}

/** A default as it would be written; lists with commas. */
function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.join(',');
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
