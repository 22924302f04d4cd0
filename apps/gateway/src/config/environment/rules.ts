import { Transform } from 'class-transformer';
import { IsIn, IsInt, IsNumber, IsUrl, Matches, Max, Min, ValidateBy } from 'class-validator';

/** Rules for environment variables, in the form of class-validator's; each message says what is allowed. */

/** `name:secret`, several separated by commas. */
export const NAMED_SECRETS = /^[^:,\s]+:[^,\s]+(,[^:,\s]+:[^,\s]+)*$/;
/** `name:whsec_BASE64`, several separated by commas. */
export const WEBHOOK_SECRETS = /^[^:,\s]+:whsec_[A-Za-z0-9+/]+={0,2}(,[^:,\s]+:whsec_[A-Za-z0-9+/]+={0,2})*$/;
/** Addresses with a prefix, several separated by commas. */
export const NETWORKS = /^[\da-fA-F.:]+\/\d+(\s*,\s*[\da-fA-F.:]+\/\d+)*$/;
const FIELD_NAMES = /^[\w.-]+(\s*,\s*[\w.-]+)*$/;

/** Reads a decimal number; anything else stays unchanged, so that the next check can name it. */
export const toNumber = Transform(({ value }: { value: unknown }) =>
  typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : value,
);

/** Items separated by commas. */
export const toList = Transform(({ value }: { value: unknown }) =>
  typeof value === 'string' ? value.split(',').map((item) => item.trim()) : value,
);

/** Numbers separated by commas; an empty item is invalid. */
export const toNumberList = Transform(({ value }: { value: unknown }) =>
  typeof value === 'string' ? value.split(',').map((item) => (item.trim() === '' ? Number.NaN : Number(item))) : value,
);

/** A whole number in a range, both ends included. */
export const whole = (least: number, most: number): PropertyDecorator => {
  const message = `a whole number from ${least} to ${most}`;
  return all(toNumber, IsInt({ message }), Min(least, { message }), Max(most, { message }));
};

/** Seconds separated by commas, each in a range; the message says what is allowed. */
export const secondsList = (least: number, most: number, message: string): PropertyDecorator =>
  all(
    toNumberList,
    IsNumber({}, { each: true, message }),
    Min(least, { each: true, message }),
    Max(most, { each: true, message }),
  );

export const oneOf = (values: readonly string[]): PropertyDecorator =>
  IsIn(values, { message: `one of ${values.join(', ')}` });

/** A switch. */
export const flag = oneOf(['true', 'false']);

/** Names of JSON fields separated by commas. */
export const fieldNames = Matches(FIELD_NAMES, { message: 'names of JSON fields separated by commas' });

export const http = IsUrl(
  { protocols: ['http', 'https'], require_protocol: true, require_tld: false },
  { message: 'an http:// or https:// address' },
);

/**
 * An address of a server, checked by a function that returns its fault and the allowed forms; undefined without a
 * fault.
 */
export const address = (faultOf: (text: string) => string | undefined): PropertyDecorator =>
  ValidateBy({
    name: 'address',
    validator: {
      validate: (value) => typeof value === 'string' && faultOf(value) === undefined,
      defaultMessage: (args) => faultOf(String(args?.value)) ?? '',
    },
  });

function all(...decorators: PropertyDecorator[]): PropertyDecorator {
  return (target, key) => {
    for (const decorator of decorators) decorator(target, key);
  };
}
