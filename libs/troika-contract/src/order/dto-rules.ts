// oxlint-disable-next-line import/no-unassigned-import -- it adds to the global Reflect what decorators write to
import 'reflect-metadata';
import { ValidateBy, ValidateIf, buildMessage } from 'class-validator';
import { isMoneyAmount, isPositiveInteger } from './patterns.js';

/**
 * The field may be absent. Unlike class-validator's `IsOptional` it may not be `null`: the producer's bytes are sent
 * unchanged, and the contract has no null.
 */
export function MayBeAbsent(): PropertyDecorator {
  return ValidateIf((_object: unknown, value: unknown) => value !== undefined);
}

/** A whole number from 1 up that a double holds exactly (the contract's INT). */
export function IsPositiveInteger(): PropertyDecorator {
  return ValidateBy({
    name: 'isPositiveInteger',
    validator: { validate: isPositiveInteger, defaultMessage: buildMessage(() => '$property must be a whole number') },
  });
}

/**
 * Roubles above zero with at most two decimals (the contract's FLOAT). class-validator's own `maxDecimalPlaces`
 * throws on a number such as 1e-7.
 */
export function IsMoneyAmount(): PropertyDecorator {
  return ValidateBy({
    name: 'isMoneyAmount',
    validator: { validate: isMoneyAmount, defaultMessage: buildMessage(() => '$property must be an amount') },
  });
}
