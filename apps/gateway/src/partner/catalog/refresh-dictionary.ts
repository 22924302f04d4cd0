import type pg from 'pg';
import type { CallResult } from '@vestibule/troika-client';
import type { Reading } from '@vestibule/troika-contract';
import type { Metrics } from '../../metrics/metrics.js';
import { noteOddAnswer } from '../odd-answers.js';
import type { Refreshing } from '../refresh/refresher.js';
import { DICTIONARIES, type AnswerBody, type DictionaryName } from './dictionaries.js';
import { storeDictionary } from './dictionary-store.js';

/** What a call has brought, or one sentence on why it brought nothing. */
export function readResult<T>(result: CallResult, read: (body: AnswerBody) => Reading<T>): Reading<T> {
  if (result.kind !== 'answered') return { ok: false, detail: `${result.kind}: ${result.reason}` };
  const { resultCode, body } = result.answer;
  if (resultCode !== 0) return { ok: false, detail: `the partner answered ${resultCode}` };
  return read(body);
}

/** One dictionary, read on schedule. An unreadable or unexpectedly empty one replaces nothing. */
export function refreshDictionary(
  name: DictionaryName,
  periodSecs: number,
  parts: { readonly pool: pg.Pool; readonly metrics: Metrics },
): Refreshing {
  return {
    name,
    periodSecs,
    refresh: async (partner, lease) => {
      const { method, read } = DICTIONARIES[name];
      const reading = readResult<readonly unknown[]>(await partner.callInSlot(method, {}), read);
      if (!reading.ok) return { kind: 'failed', why: reading.detail };
      await noteOddAnswer(parts.pool, method, reading.oddities);
      const stored = await storeDictionary(parts.pool, { ...lease, name }, reading.value as never[], periodSecs);
      switch (stored.kind) {
        case 'kept':
          for (const change of stored.changes) parts.metrics.tariffChanges.inc({ change });
          return { kind: 'kept' };
        case 'empty':
          return { kind: 'failed', why: 'the dictionary came without entries: the one before it stays' };
        case 'overtaken':
          return { kind: 'overtaken' };
      }
    },
  };
}
