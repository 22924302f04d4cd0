import { expect } from '@jest/globals';
import type { RawAnswer } from './raw-http.js';

/** What no answer may show: a stack, a file, the name of an exception, a framework's default page. */
const TRACES = /\bat .+:\d+:\d+|node_modules|\.[jt]s\b|\bError\b|<html/i;

/** What every answer has, also one to bytes that are not HTTP. */
const REQUEST_ID = /^[\w.:-]{1,128}$/;

/** A kind of the catalogue, never `about:blank`. */
const PROBLEM_TYPE = /^\/problems\/[a-z0-9-]+$/;

/** The public listener's only form of a caller's error: 422, or 401 for credentials, in Russian and by the contract. */
export function expectRefusal({ status, headers, text }: RawAnswer, expected = 422): void {
  expect([status, headers.get('content-type')]).toEqual([expected, 'application/json; charset=utf-8;']);
  expect(headers.get('x-request-id')).toMatch(REQUEST_ID);
  const body = JSON.parse(text) as Record<string, unknown>;
  expect(body).toEqual({
    code: expect.stringMatching(/^[1-5]\d{3}$/),
    description: expect.stringMatching(/[а-яё]/i),
  });
  expect(text).not.toMatch(TRACES);
}

/** The internal listener's only form of an error: a problem of RFC 9457. */
export function expectProblem({ status, headers, text }: RawAnswer, expected: number): Record<string, unknown> {
  expect([status, headers.get('content-type')]).toEqual([expected, 'application/problem+json']);
  expect(headers.get('x-request-id')).toMatch(REQUEST_ID);
  const problem = JSON.parse(text) as Record<string, unknown>;
  const { errors, ...rest } = problem;
  const some = expect.stringMatching(/\S/);
  expect(rest).toEqual({ type: expect.stringMatching(PROBLEM_TYPE), title: some, status: expected, detail: some });
  if (errors !== undefined) {
    const fault = { pointer: expect.stringMatching(/^(?:\/|$)/), detail: some };
    expect(errors).toEqual((errors as unknown[]).map(() => fault));
  }
  expect(text).not.toMatch(TRACES);
  return problem;
}
