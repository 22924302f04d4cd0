import { useState } from 'preact/hooks';
import type { PlanDecision } from '../api/plans.js';
import { Page } from '../parts/page.js';
import { hrefOf } from '../router.js';
import { useMayDecide } from '../session.js';
import { t } from '../text/t.js';
import { FilterChips } from './orders/chips.js';
import { DECISIONS_BY_STATUS, DecideDialog, type Decided } from './orders/decide.js';
import { readFilter, searchOf } from './orders/filter.js';
import { withFinding } from './orders/find.js';
import { FindBox } from './orders/find-box.js';
import { kept } from './orders/kept.js';
import type { ListedOrder } from './orders/listed-order.js';
import { OrderTable } from './orders/order-table.js';
import { SelectionBar } from './orders/selection-bar.js';
import { useOrderList } from './orders/use-order-list.js';

export { ordersHref } from './orders/filter.js';

/** Orders, the newest first, found by one box and by what the address says; and decisions about many of them. */
export function OrdersPage() {
  const filter = readFilter(location.hash);
  // One moment for all pages of the list.
  const [now] = useState(Date.now);
  const [finding, setFinding] = useState(kept.finding);
  const [selected, setSelected] = useState(kept.selected);
  const [decided, setDecided] = useState<Decided>();
  const mayDecide = useMayDecide();
  const search = finding === undefined ? searchOf(filter, now) : withFinding(searchOf(filter, now), finding, now);
  const of = JSON.stringify([filter, finding]);
  const list = useOrderList(of, search);

  const find = (next: typeof finding): void => {
    kept.keepFinding(next);
    setFinding(next);
  };
  const select = (next: ReadonlyMap<string, ListedOrder>): void => {
    kept.keepSelected(next);
    setSelected(next);
  };
  const mark = ({ id, ...order }: ListedOrder): void => {
    const next = new Map(selected);
    if (!next.delete(id)) next.set(id, { id, ...order });
    select(next);
  };

  return (
    <Page title={t('orders.title')}>
      <p>
        <a href={hrefOf('plans')}>{t('orders.plans')}</a>
      </p>
      <FindBox search={searchOf(filter, now)} finding={finding} onFound={find} />
      <FilterChips filter={filter} keys={kept.keys(filter.key)} />
      <OrderTable
        // Another list begins at its top.
        key={of}
        list={list}
        selected={mayDecide ? selected : undefined}
        onMark={mark}
      />
      {mayDecide && (
        <SelectionBar
          selected={selected}
          all={finding === undefined ? (DECISIONS_BY_STATUS[filter.status ?? ''] ?? []) : []}
          onClear={() => select(new Map())}
          onDecide={(decisions: readonly PlanDecision[], isAll: boolean) =>
            setDecided({ decisions, filter: isAll ? search : { ids: [...selected.keys()] } })
          }
        />
      )}
      {decided !== undefined && <DecideDialog decided={decided} onClose={() => setDecided(undefined)} />}
    </Page>
  );
}
