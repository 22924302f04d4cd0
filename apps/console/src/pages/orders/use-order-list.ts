import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { searchOrders, type OrderSearch } from '../../api/orders.js';
import type { Problem } from '../../api/problem.js';
import { kept } from './kept.js';
import { listedOrder, type ListedOrder } from './listed-order.js';

/** What a fast scroll asks for at once; the next one is on its way long before its end is seen. */
const PAGE = 200;

export interface LoadedOrders {
  readonly of: string;
  readonly orders: readonly ListedOrder[];
  readonly isBusy: boolean;
  readonly isAtEnd: boolean;
  readonly problem: Problem | undefined;
  /** Loads the next page; nothing while one is on its way, at the end, or after a problem. */
  readonly more: () => void;
  readonly retry: () => void;
}

/**
 * The orders of a search, page by page: each begins behind the last one that is there, so none is missing or twice.
 *
 * @param of the name of the search; another one is another list
 */
export function useOrderList(of: string, search: OrderSearch): LoadedOrders {
  const [state, setState] = useState(() => beginning(of));
  const [problem, setProblem] = useState<Problem>();
  const asked = useRef('');
  const now = state.of === of ? state : beginning(of);
  const { cursor } = now;

  const load = useCallback(async () => {
    // Known at once, where the state is known only after the next rendering.
    if (asked.current === `${of} ${cursor}` || cursor === null) return;
    asked.current = `${of} ${cursor}`;
    setProblem(undefined);
    const result = await searchOrders(search, PAGE, cursor);
    if (asked.current !== `${of} ${cursor}`) return;
    if (!result.ok) {
      setProblem(result.problem);
      return;
    }
    const next = {
      of,
      orders: [...now.orders, ...result.value.orders.map(listedOrder)],
      cursor: result.value.nextCursor,
    };
    kept.keepList(next);
    kept.noteKeys(next.orders.slice(now.orders.length));
    setState(next);
  }, [of, now]);

  useEffect(() => {
    if (now.orders.length === 0) void load();
  }, [of]);
  return {
    of,
    orders: now.orders,
    isBusy: cursor !== null && problem === undefined,
    isAtEnd: cursor === null,
    problem,
    more: () => void load(),
    retry: () => {
      asked.current = '';
      void load();
    },
  };
}

interface State {
  readonly of: string;
  readonly orders: readonly ListedOrder[];
  /** Undefined before the first page, null after the last one. */
  readonly cursor: string | undefined | null;
}

function beginning(of: string): State {
  return kept.list(of) ?? { of, orders: [], cursor: undefined };
}
