import { Module, type DynamicModule } from '@nestjs/common';
import pg from 'pg';
import { AlertTester } from '../alerts/alert-tester.js';
import { SecretSeal } from '../api-keys/secret-seal.js';
import { StoredKeys } from '../api-keys/stored-keys.js';
import type { SecondPersonKind } from '../config/second-person-kinds.js';
import { POOL } from '../core/core.module.js';
import { DocsController } from '../http/openapi/docs.controller.js';
import { ProblemsController } from '../http/problems/problems.controller.js';
import type { Partner } from '../partner/partner.js';
import type { SendQueue } from '../orders/sending/send-queue.js';
import { AlertsController } from './alerts/alerts.controller.js';
import { AuditController } from './audit/audit.controller.js';
import { DecisionsController } from './decisions/decisions.controller.js';
import { DecisionsService } from './decisions/decisions.service.js';
import { EvidenceController } from './decisions/evidence.controller.js';
import { FailedLoginsController } from './failed-logins.controller.js';
import { HealthController } from './health.controller.js';
import { HEALTH_PARTS, HealthService, type HealthParts } from './health.service.js';
import { KeysController } from './keys/keys.controller.js';
import { MetricsController } from './metrics.controller.js';
import { OperatorEventsController } from './operator-events.controller.js';
import { AdminOpenapiController } from './openapi/admin-openapi.controller.js';
import { OwnSystemController } from './own-system.controller.js';
import { OverviewController } from './overview/overview.controller.js';
import { PLAN_QUEUE, PlanRunner } from './plans/plan-runner.js';
import { PlanStreams } from './plans/plan-streams.js';
import { PlansController } from './plans/plans.controller.js';
import { ReportsController } from './reports/reports.controller.js';
import { SendingController } from './sending/sending.controller.js';

/** The dependencies of decisions, as far as this process has them. */
export interface DecisionParts {
  readonly queue: SendQueue | undefined;
  readonly partner: Partner | undefined;
  readonly alertTester: AlertTester;
  readonly keys: StoredKeys;
  readonly seal: SecretSeal;
  readonly secondPerson: ReadonlySet<SecondPersonKind>;
}

/** What probes and callers with a problem see in every process, and with the role `admin` what operators see and decide. */
@Module({})
export class AdminModule {
  static forRoot(health: HealthParts, decisions: DecisionParts | undefined): DynamicModule {
    return {
      module: AdminModule,
      controllers: [
        HealthController,
        MetricsController,
        ProblemsController,
        DocsController,
        ...(decisions === undefined
          ? []
          : [
              PlansController,
              DecisionsController,
              EvidenceController,
              AuditController,
              OperatorEventsController,
              FailedLoginsController,
              OwnSystemController,
              SendingController,
              AlertsController,
              KeysController,
              AdminOpenapiController,
              ReportsController,
              OverviewController,
            ]),
      ],
      providers: [
        HealthService,
        { provide: HEALTH_PARTS, useValue: health },
        ...(decisions === undefined
          ? []
          : [
              PlanRunner,
              PlanStreams,
              { provide: PLAN_QUEUE, useValue: decisions.queue },
              { provide: AlertTester, useValue: decisions.alertTester },
              { provide: StoredKeys, useValue: decisions.keys },
              { provide: SecretSeal, useValue: decisions.seal },
            ]),
        {
          provide: DecisionsService,
          useFactory: (pool: pg.Pool) =>
            new DecisionsService(pool, decisions?.queue, decisions?.partner, decisions?.secondPerson),
          inject: [POOL],
        },
      ],
    };
  }
}
