import { Gauge } from 'prom-client';
import type { Metrics } from '../../metrics/metrics.js';
import { OPERATOR_EVENTS } from '../../operator-events/catalogue/catalogue.js';
import type { Conditions } from '../conditions.js';
import { meaningOf, PARTS, type PartName } from './part-table.js';
import { Part, type Doubt, type PartView } from './part.js';

/** The parts that this process has. */
export class Parts {
  private readonly parts = new Map<PartName, Part>();
  private conditions: Conditions | undefined;

  add(name: PartName, doubt?: Doubt): Part {
    const part = new Part(name, (changed) => this.report(changed), doubt);
    this.parts.set(name, part);
    return part;
  }

  get(name: PartName): Part | undefined {
    return this.parts.get(name);
  }

  /** In the order of the table. */
  list(): PartView[] {
    const names = Object.keys(PARTS) as PartName[];
    return names.flatMap((name) => this.parts.get(name)?.view ?? []);
  }

  /** From now on a part that is down or silent is a condition, with its log line, its operator event and its alert. */
  reportTo(conditions: Conditions): void {
    this.conditions = conditions;
    for (const part of this.parts.values()) this.report(part);
  }

  private report(part: Part): void {
    const { name, state, since } = part;
    // Not known is not "over": another process may have begun the event.
    if (state === 'unknown') return;
    const { kind } = PARTS[name];
    const severity = OPERATOR_EVENTS[kind].severities[0] ?? 'warning';
    const found = state === 'up' ? [] : [{ kind, severity, message: meaningOf(name, state).en, since }];
    this.conditions?.report([kind], found);
  }
}

/** Shows which parts answer, as this process sees it. */
export function watchParts({ registry }: Metrics, parts: Parts): void {
  const gauge: Gauge = new Gauge({
    name: 'vestibule_part_up',
    help: '1 while a part that this process stands on or calls answers, 0 while it does not; absent while that is not known.',
    labelNames: ['part'],
    registers: [registry],
    collect: () => {
      for (const { part, state } of parts.list()) if (state !== 'unknown') gauge.set({ part }, state === 'up' ? 1 : 0);
    },
  });
}
