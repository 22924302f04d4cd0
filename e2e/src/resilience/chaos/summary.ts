import type { Evidence } from './audit.js';
import type { Rewind, Victim } from './plan.js';

/** A run in numbers. */
export interface Summary {
  readonly queue: string;
  readonly seed: number;
  readonly seconds: number;
  readonly orders: number;
  readonly byStatus: Readonly<Record<string, number>>;
  readonly executed: number;
  readonly spoilt: number;
  readonly killed: Readonly<Record<string, number>>;
  /** The result of a ledger that went back in time. */
  readonly rewound?: RewindReport;
  readonly callbacks: { readonly delivered: number; readonly stuck: number };
  readonly faults: number;
}

/** The kills and faults, for the table. */
const LABELS: Readonly<Record<Victim, string>> = {
  worker: 'SIGKILL: worker',
  'worker-paused': 'SIGSTOP: worker',
  orders: 'SIGKILL: orders',
  postgres: 'SIGKILL: postgres',
  redis: 'SIGKILL: redis',
  'partner-away': 'partner away',
  'partner-silent': 'partner silent',
  'receiver-hanging': 'receiver of callbacks hanging',
  'names-silent': 'its name server silent',
  'disk-full': 'disk of the send journals full',
  'partner-failing': 'partner answers 500',
};

/** The result of a rewind. */
export interface RewindReport {
  readonly rewind: Rewind;
  /** How sending continued. */
  readonly resumedBy: string;
  /** Orders that were sent, are not in the ledger, and were reported to the operators. */
  readonly reported: number;
  /** Orders that only the producers knew, and posted again. */
  readonly postedAgain: number;
}

export function summarize(run: {
  queue: string;
  seed: number;
  seconds: number;
  killed: ReadonlyMap<Victim, number>;
  evidence: Evidence;
  rewound: RewindReport | undefined;
  callbacks: Summary['callbacks'];
  faults: number;
}): Summary {
  const { queue, seed, seconds, killed, evidence, faults, rewound, callbacks } = run;
  const byStatus: Record<string, number> = {};
  for (const { status, reason } of evidence.ledger) {
    const row = status === 'unknown' ? `unknown (${reason ?? 'no reason'})` : status;
    byStatus[row] = (byStatus[row] ?? 0) + 1;
  }
  return {
    queue,
    seed,
    seconds,
    orders: evidence.ledger.length,
    byStatus,
    executed: evidence.executed.length,
    spoilt: evidence.injected.length,
    killed: Object.fromEntries(killed),
    ...(rewound === undefined ? {} : { rewound }),
    callbacks: { delivered: callbacks.delivered, stuck: callbacks.stuck },
    faults,
  };
}

/** The table a person reads at the end of a run. */
export function formatSummary(summary: Summary): string {
  const { queue, seed, seconds, orders, byStatus, executed, spoilt, killed, rewound, callbacks, faults } = summary;
  const rows: [string, string | number][] = [
    ['queue', queue],
    ['seed', seed],
    ['duration', `${seconds.toFixed(1)} s`],
    ['orders in the ledger', orders],
    ...Object.entries(byStatus).sort(([left], [right]) => left.localeCompare(right)),
    ['executed by the stand-in', executed],
    ['calls it spoilt', spoilt],
    ...Object.entries(killed).map(([victim, times]): [string, number] => [LABELS[victim as Victim], times]),
    ...(rewound === undefined
      ? []
      : ([
          [rewound.rewind === 'restore' ? 'restored from a dump' : 'replica promoted', 1],
          ['sending continued', rewound.resumedBy],
          ['sent, lost by the ledger, reported', rewound.reported],
          ['lost unsent, posted again', rewound.postedAgain],
        ] satisfies [string, string | number][])),
    ['callbacks delivered', callbacks.delivered],
    ['callbacks stuck without an operator event', callbacks.stuck],
    ['lost, doubled or unexplained', faults],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join('\n');
}
