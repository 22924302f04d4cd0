import { describe, expect, it } from '@jest/globals';
import { ProblemError } from '../../http/problem.js';
import { readPlanRequest, readRunRequest } from '../plans/plan-requests.js';
import { readResumeRequest, readStopRequest } from '../sending/sending-requests.js';
import { readLedgerCommand } from '../../orders/sending/command/read-ledger-command.js';
import {
  readErasureRequest,
  readPurgeRequest,
  readReplayRequest,
  readResolveRequest,
  readWhy,
} from './decision-requests.js';

// oxlint-disable-next-line unicorn/no-thenable -- the field's documented name; it is a text, and no one awaits it
const NOT_CREATED = { decision: 'not-created', then: 'fail' };
/** Every request that takes a reason, with what it needs beside it. */
const READERS: readonly [string, (body: object) => unknown, object][] = [
  ['resolve', (body) => readResolveRequest(body, 'ops'), NOT_CREATED],
  ['replay', (body) => readWhy(body, 'ops'), {}],
  ['replay of many', (body) => readReplayRequest(body, 'ops'), { status: 'failed' }],
  ['purge', (body) => readPurgeRequest(body, 'ops'), { status: 'failed', olderThanDays: 1 }],
  ['erasure', (body) => readErasureRequest(body, 'ops'), { phone: '+79160000001' }],
  ['plan', (body) => readPlanRequest(body, 'ops'), NOT_CREATED],
  ['run of a plan', (body) => readRunRequest(body, 'ops'), { count: 1 }],
  ['stop of sending', (body) => readStopRequest(body, 'ops'), {}],
  ['resumption of sending', (body) => readResumeRequest(body, 'ops'), {}],
];

function pointersOf(read: () => unknown): string[] {
  try {
    read();
    return [];
  } catch (error) {
    if (error instanceof ProblemError) return (error.problem.errors ?? []).map(({ pointer }) => pointer);
    throw error;
  }
}

describe('the reason that an operator gives', () => {
  it.each(READERS)('for %s must hold no phone and no e-mail, because the audit keeps it', (_, read, rest) => {
    expect(pointersOf(() => read({ ...rest, why: 'asked for by +7 916 123-45-67' }))).toEqual(['/why']);
    expect(pointersOf(() => read({ ...rest, why: 'asked for by ivan@example.ru' }))).toEqual(['/why']);
    expect(pointersOf(() => read({ ...rest, why: 'request 17, ticket OPS-4711 of 2026-05-01' }))).toEqual([]);
  });

  it('on the command line keeps to the same', () => {
    expect(readLedgerCommand(['stop', '--why', 'ivan@example.ru said so'])).toMatchObject({ kind: 'fault' });
    expect(readLedgerCommand(['stop', '--why', 'by night'])).toMatchObject({ kind: 'stop' });
  });
});
