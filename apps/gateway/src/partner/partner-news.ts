import type { CallResult } from '@vestibule/troika-client';
import type { CallNews } from '../health/parts/call-watch.js';

/** What a call says of whether Тройка Бизнес is there; undefined where it says something of us only. */
export function partnerNewsOf(result: CallResult): CallNews | undefined {
  switch (result.kind) {
    case 'answered':
      return 'answered';
    case 'not-sent':
      return result.reason === 'overdue' || result.reason === 'signing-failed' ? undefined : 'unreached';
    case 'not-executed':
    case 'unknown':
      if (result.reason === 'interrupted') return undefined;
      // A status below 500 is a word of its own, also where it is no envelope.
      return result.httpStatus !== undefined && result.httpStatus < 500 ? 'answered' : 'unanswered';
  }
}
