import { Body, Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import pg from 'pg';
import { AlertTester, type TestedTarget } from '../../alerts/alert-tester.js';
import { listTargets, type TargetRecord } from '../../alerts/outbox/target-records.js';
import { WHY } from '../../audit/why.js';
import { POOL } from '../../core/core.module.js';
import { ApiKeyName } from '../../http/auth/decorators.js';
import { problem, ProblemError } from '../../http/problem.js';
import { bodyReader } from '../../http/schema/read-request.js';
import { optional, request } from '../../http/schema/schema.js';

export const TEST_ALERT_REQUEST = request({ why: optional(WHY) });
const readTest = bodyReader(TEST_ALERT_REQUEST);

/** Where alerts go, and whether they arrive. */
@Controller('admin/alerts')
export class AlertsController {
  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    @Inject(AlertTester) private readonly tester: AlertTester,
  ) {}

  /** The targets that any process has, with what waits and the last failure; never an address. */
  @Get()
  async list(): Promise<{ targets: TargetRecord[] }> {
    return { targets: await listTargets(this.pool) };
  }

  /** Sends a test to every target of this process, and says for each what came back. */
  @Post('test')
  @HttpCode(200)
  async test(@ApiKeyName() who: string, @Body() body: unknown): Promise<{ targets: TestedTarget[] }> {
    const { why } = readTest(body);
    if (!this.tester.hasTargets) {
      throw new ProblemError(problem('no-alert-targets', 'This process has no targets of alerts. Set ALERT_WEBHOOKS.'));
    }
    return { targets: await this.tester.test({ who, why }) };
  }
}
