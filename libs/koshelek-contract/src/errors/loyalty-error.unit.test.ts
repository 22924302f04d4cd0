import { describe, expect, it } from '@jest/globals';
import { LOYALTY_ERROR_GROUPS, LOYALTY_ERRORS, loyaltyError, type LoyaltyErrorRow } from '../index.js';
import { CALL_ERRORS } from './call.errors.js';
import { CARD_ERRORS } from './card.errors.js';
import { FIELD_ERRORS } from './field.errors.js';
import { PROMO_ERRORS } from './promo.errors.js';
import { SERVER_ERRORS } from './server.errors.js';

const ROWS: [string, LoyaltyErrorRow][] = Object.entries(LOYALTY_ERRORS);

describe('the error catalogue', () => {
  it('gives every error its own code', () => {
    expect(new Set(ROWS.map(([, { code }]) => code)).size).toBe(ROWS.length);
  });

  it('is ordered by code', () => {
    const codes = ROWS.map(([, { code }]) => code);
    expect(codes).toEqual([...codes].sort());
  });

  it('loses no row where its groups are put together', () => {
    const groups = [CALL_ERRORS, FIELD_ERRORS, CARD_ERRORS, PROMO_ERRORS, SERVER_ERRORS];
    expect(ROWS.map(([key]) => key)).toEqual(groups.flatMap((group) => Object.keys(group)));
  });

  it.each(ROWS)('%s has a four-digit code of a documented group', (_key, { code }) => {
    expect(code).toMatch(/^\d{4}$/);
    expect(LOYALTY_ERROR_GROUPS.map(({ prefix }): string => prefix)).toContain(code.slice(0, 2));
  });

  it.each(ROWS)('%s names exactly its parameters', (_key, { description, params }) => {
    const named = [...description.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    expect(named).toEqual([...params]);
  });

  it.each(ROWS)('%s is described in Russian, and when it happens in English', (_key, { description, when }) => {
    expect(description).toMatch(/^[А-ЯЁ]/);
    expect(when).not.toMatch(/[А-Яа-яЁё]/);
    expect(when).toMatch(/\.\)?$/);
  });
});

describe('loyaltyError', () => {
  it('is the error body of the contract', () => {
    expect(loyaltyError('databaseUnavailable')).toEqual({ code: '9001', description: 'Недоступен сервер баз данных' });
  });

  it('names the offending field and its limit', () => {
    expect(loyaltyError('fieldTooLong', { field: 'surname', limit: 50 }).description).toBe(
      'Поле surname длиннее 50 символов',
    );
  });

  it('is asked by the compiler for exactly the parameters of the description', () => {
    // @ts-expect-error the field is not named
    expect(loyaltyError('fieldMissing')).toMatchObject({ code: '2001' });
    // @ts-expect-error the limit is not named
    expect(loyaltyError('fieldTooLong', { field: 'surname' })).toMatchObject({ code: '2003' });
    // @ts-expect-error a description has no room for a value of the request
    expect(loyaltyError('fieldMissing', { field: 'phone', value: '79161234567' })).toMatchObject({ code: '2001' });
  });

  it('does not expand what a parameter holds', () => {
    expect(loyaltyError('fieldMissing', { field: '{limit} $& $1' }).description).toBe(
      'Не указано обязательное поле {limit} $& $1',
    );
  });
});
