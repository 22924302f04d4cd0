import { useEffect } from 'preact/hooks';
import { listOrders } from '../../api/orders.js';
import { useLoad } from '../../parts/load.js';
import { hrefOf } from '../../router.js';

const MOST = '100';

/** The unknown orders around one: its place among them, and the ones before and after it. */
export interface Waiting {
  /** From 1; 0 for an order that does not wait. */
  readonly position: number;
  readonly count: number;
  readonly previous: string | undefined;
  readonly next: string | undefined;
}

/** Loads which orders wait for a decision. */
export function useWaiting(id: string): Waiting {
  const loading = useLoad(() => listOrders({ status: 'unknown', limit: MOST }), [id]);
  const ids = loading.value?.orders.map((order) => order.id) ?? [];
  const at = ids.indexOf(id);
  return { position: at + 1, count: ids.length, previous: at > 0 ? ids[at - 1] : undefined, next: ids[at + 1] };
}

/** J leads to the next order that waits and K to the previous one, unless a person is typing. */
export function useNeighbourKeys({ previous, next }: Waiting): void {
  useEffect(() => {
    const go = (event: KeyboardEvent): void => {
      const isTyping = event.target instanceof HTMLElement && event.target.matches('input, textarea, select');
      if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
      // By the place of the key: on a Russian keyboard it gives another letter.
      const target = event.code === 'KeyJ' ? next : event.code === 'KeyK' ? previous : undefined;
      if (target !== undefined) location.hash = hrefOf('orders', target);
    };
    addEventListener('keydown', go);
    return () => removeEventListener('keydown', go);
  }, [previous, next]);
}
