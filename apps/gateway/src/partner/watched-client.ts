import type { TroikaClient } from '@vestibule/troika-client';
import type { CallWatch, SentRequest } from '../health/parts/call-watch.js';
import { partnerNewsOf } from './partner-news.js';

/**
 * A client whose calls tell the watch over the partner when a request leaves and what came of it. The calls are the same:
 * how long one may take, and what its end says of an order, the watch has no say in.
 */
export function watchedClient(client: Pick<TroikaClient, 'call'>, watch: CallWatch): Pick<TroikaClient, 'call'> {
  return {
    async call(type, body, options = {}) {
      let request: SentRequest | undefined;
      const maySend = (): boolean => {
        const isAllowed = options.maySend?.() ?? true;
        if (isAllowed) request = watch.noteSent();
        return isAllowed;
      };
      try {
        const result = await client.call(type, body, { ...options, maySend });
        const news = partnerNewsOf(result);
        if (news !== undefined) watch.note(news, request);
        return result;
      } finally {
        if (request !== undefined) watch.forget(request);
      }
    },
  };
}
