import { Body, Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import pg from 'pg';
import type { Config } from '../../config/config.js';
import { POOL } from '../../core/core.module.js';
import { ApiKeyName, NeedsRole } from '../../http/auth/decorators.js';
import { problem, ProblemError } from '../../http/problem.js';
import type { GoLive } from './go-live-answers.js';
import { GoLiveRunner } from './go-live-runner.js';
import { readRunRequest } from './go-live-requests.js';
import { PublicAddress } from './public-address.js';
import { lookAtReadiness } from './readiness.js';
import { findLastRun } from './run-store.js';
import { runView } from './run-view.js';

/** Whether Кошелёк may begin to call. */
@Controller('admin/go-live')
export class GoLiveController {
  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    private readonly config: ConfigService<Config, true>,
    private readonly runner: GoLiveRunner,
    private readonly address: PublicAddress,
  ) {}

  /** Each condition with its state, and the last run of the conformance kit, also while it runs. */
  @Get()
  async look(): Promise<GoLive> {
    const found = this.address.find();
    const run = await findLastRun(this.pool);
    const goLive = this.config.get('goLive', { infer: true });
    return {
      address: found?.url ?? null,
      addressFrom: found?.from ?? null,
      canRun: found !== undefined && goLive.credentials !== undefined,
      items: await lookAtReadiness(this.pool, this.config, { found, run }),
      run: run === undefined ? null : runView(run),
    };
  }

  /** Begins a run of the conformance kit against the own public address; 409 while another one runs. */
  @Post('runs')
  @NeedsRole('admin')
  @HttpCode(202)
  async run(@ApiKeyName() who: string, @Body() body: unknown): Promise<GoLive> {
    const started = await this.runner.start(who, readRunRequest(body));
    if (started === 'running-already') {
      throw new ProblemError(problem('go-live-check-running', 'A check runs already; there is one at a time.'));
    }
    if (started === 'impossible') {
      const detail = 'Set PUBLIC_URL and KOSHELEK_CREDENTIALS for this process: it does not know what to check.';
      throw new ProblemError(problem('go-live-check-impossible', detail));
    }
    return await this.look();
  }
}
