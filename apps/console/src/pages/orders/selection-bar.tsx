import type { PlanDecision } from '../../api/plans.js';
import { t } from '../../text/t.js';
import { decisionsFor } from './decide.js';
import type { ListedOrder } from './listed-order.js';

export interface SelectionBarProps {
  readonly selected: ReadonlyMap<string, ListedOrder>;
  /** What can be decided about all orders of the list. */
  readonly all: readonly PlanDecision[];
  readonly onClear: () => void;
  readonly onDecide: (decisions: readonly PlanDecision[], isAll: boolean) => void;
}

/** Stays at the edge of the window: how many orders are marked, and what leads to a decision about them. */
export function SelectionBar({ selected, all, onClear, onDecide }: SelectionBarProps) {
  const possible = decisionsFor([...selected.values()].map(({ status }) => status));
  if (selected.size === 0 && all.length === 0) return null;
  return (
    <div class="selection">
      <span role="status">{selected.size === 0 ? '' : t('orders.selected', { count: selected.size })}</span>
      {selected.size > 0 && possible.length === 0 && <span class="quiet">{t('orders.nothing-to-decide')}</span>}
      {possible.length > 0 && (
        <button type="button" class="main" onClick={() => onDecide(possible, false)}>
          {t('orders.decide-selected')}
        </button>
      )}
      {selected.size > 0 && (
        <button type="button" onClick={onClear}>
          {t('orders.unselect')}
        </button>
      )}
      {selected.size === 0 && (
        <button type="button" onClick={() => onDecide(all, true)}>
          {t('orders.decide-all')}
        </button>
      )}
    </div>
  );
}
