import { Controller, Get, HttpCode, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Public } from '../http/auth/decorators.js';
import type { PartsReport } from './health-report.js';
import { HealthService } from './health.service.js';

/** For probes; without a key. */
@Controller('admin/health')
export class HealthController {
  constructor(private readonly health: HealthService) {}

  /** Every part of this process: whether it answers, since when, and what that means. */
  @Get()
  @Public()
  show(): PartsReport {
    return this.health.show();
  }

  /** The process runs and its event loop is not blocked. */
  @Get('live')
  @Public()
  @HttpCode(200)
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** The process can do its work, and is not about to end. */
  @Get('ready')
  @Public()
  async ready(@Res() reply: FastifyReply): Promise<void> {
    const report = await this.health.check();
    await reply.code(report.status === 'down' || report.status === 'stopping' ? 503 : 200).send(report);
  }
}
