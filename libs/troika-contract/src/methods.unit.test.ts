import { describe, expect, it } from '@jest/globals';
import { METHODS, isMethodName } from './methods.js';
import { ORDER_RULES } from './order/field-rules.js';

describe('METHODS', () => {
  it('has the nine methods, each under its own name', () => {
    expect(Object.entries(METHODS).map(([name, method]) => name === method.type)).toEqual(Array(9).fill(true));
  });

  it('marks only what moves money or tickets as not safe to repeat', () => {
    const unsafe = Object.values(METHODS).filter((method) => !method.safeToRepeat);
    expect(unsafe.map((method) => method.type).sort()).toEqual([
      'app_cancel_order',
      'app_cancel_ticket',
      'app_create_order',
    ]);
  });

  it('names the fields of an order that the order check knows', () => {
    const fields = METHODS.app_create_order.requestBody.map((field) => field.replace('?', ''));
    expect(fields).toEqual([...ORDER_RULES.keys()]);
  });

  it('takes no inherited name for a method', () => {
    expect(['app_get_order', 'constructor', '__proto__', 'APP_GET_ORDER', 7, null].map(isMethodName)).toEqual([
      true,
      false,
      false,
      false,
      false,
      false,
    ]);
  });
});
