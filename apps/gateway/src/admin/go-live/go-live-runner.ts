import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import { CHECKS, findObstacle, runChecks, summarise, type KnownData, type Target } from '@vestibule/koshelek-kit';
import pg from 'pg';
import { writeAudit } from '../../audit/write-audit.js';
import type { Config } from '../../config/config.js';
import { LOGGER, POOL } from '../../core/core.module.js';
import { describeError, type Logger } from '../../core/logger.js';
import { Periodic } from '../../storage/periodic.js';
import { forgetInventedHolders } from './forget-invented-holders.js';
import { maskPersons } from './mask-persons.js';
import { PublicAddress } from './public-address.js';
import { beginRun, endRun, noteResults, type BegunRun, type KeptResult } from './run-store.js';

const CALL_LIMIT_MS = 10_000;
/** How often the results so far are written down, and that the run is alive. */
const NOTE_MS = 500;

/** How a run began, or why it did not. */
export type RunStart = 'begun' | 'running-already' | 'impossible';

/** Runs the conformance kit against the own public address, as Кошелёк calls it: one run at a time, in the background. */
@Injectable()
export class GoLiveRunner implements OnModuleDestroy {
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly config: ConfigService<Config, true>,
    private readonly address: PublicAddress,
  ) {}

  async start(startedBy: string, known: KnownData): Promise<RunStart> {
    const { credentials, apiVersion } = this.config.get('goLive', { infer: true });
    const address = this.address.find()?.url;
    if (address === undefined || credentials === undefined) return 'impossible';
    const begun = await beginRun(this.pool, { address, startedBy, total: CHECKS.length });
    if (begun === undefined) return 'running-already';
    const { signal } = this.stopping;
    const target = { ...credentials, apiVersion, baseUrl: new URL(address), timeoutMs: CALL_LIMIT_MS, signal };
    this.running = this.run(begun, startedBy, target, known).catch((error: unknown) =>
      this.logger.error({ error: describeError(error) }, 'the check before going live was not written down'),
    );
    return 'begun';
  }

  /** Nest calls it before the process ends: the run ends behind the call it is at. */
  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run({ id, since }: BegunRun, who: string, target: Target, known: KnownData): Promise<void> {
    let gathered: KeptResult[] = [];
    const write = async (): Promise<void> => {
      const results = gathered;
      gathered = [];
      // What is not written now is written with the next results.
      await noteResults(this.pool, id, results).catch(() => gathered.unshift(...results));
    };
    const notes = new Periodic(NOTE_MS, write);
    notes.start();
    let failure: string | undefined;
    let conforms = false;
    try {
      failure = await findObstacle(target);
      if (failure === undefined) {
        const onProgress = (_done: number, _total: number, { row, finding }: Parameters<typeof keep>[0]): void => {
          gathered.push(keep({ row, finding }));
        };
        conforms = summarise((await runChecks(target, { known, onProgress })).results).conforms;
      }
    } catch (error) {
      failure = this.stopping.signal.aborted ? 'interrupted' : 'failed';
      this.logger.warn({ error: describeError(error) }, 'the check before going live has stopped');
    }
    await notes.stop();
    await write();
    const holders = this.config.get('cardsAreHere', { infer: true })
      ? await forgetInventedHolders(this.pool, since)
      : 0;
    const details = { conforms, holders, ...(failure === undefined ? {} : { failure }) };
    // Before the end can be seen: a caller that waits for it finds this entry.
    await writeAudit(this.pool, { who, why: undefined }, { action: 'golive.end', cardNumber: null, details });
    await endRun(this.pool, id, failure);
  }
}

type Checked = Parameters<NonNullable<NonNullable<Parameters<typeof runChecks>[1]>['onProgress']>>[2];

function keep({ row, finding }: Pick<Checked, 'row' | 'finding'>): KeptResult {
  const said = finding.outcome === 'failed' ? finding.found : 'reason' in finding ? finding.reason : null;
  return { id: row.id, outcome: finding.outcome, said: maskPersons(said) };
}
