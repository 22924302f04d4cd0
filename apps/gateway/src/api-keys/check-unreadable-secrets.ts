import type { HealthCheck } from '../health/health-watch.js';
import type { StoredKeys } from './stored-keys.js';

/** Whether this process lacks the key with which secrets of callbacks were sealed. */
export function checkUnreadableSecrets(keys: Pick<StoredKeys, 'unreadable'>): HealthCheck {
  return {
    kinds: ['key.unreadable'],
    find: () => {
      const { unreadable } = keys;
      if (unreadable.length === 0) return Promise.resolve([]);
      const names = unreadable.map((name) => `"${name}"`).join(', ');
      const message = `Secrets of callbacks to ${names} cannot be opened: they were made with another REQUEST_HASH_KEY than this process has. Callbacks are not signed with them.`;
      return Promise.resolve([{ kind: 'key.unreadable', severity: 'warning', message }]);
    },
  };
}
