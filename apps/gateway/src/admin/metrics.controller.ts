import { Controller, Get, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Metrics } from '../metrics/metrics.js';

/** For Prometheus, in every process; needs an admin key (`authorization` in the scrape configuration). */
@Controller('admin/metrics')
export class MetricsController {
  constructor(private readonly metrics: Metrics) {}

  @Get()
  async show(@Res() reply: FastifyReply): Promise<void> {
    const { contentType, text } = await this.metrics.expose();
    await reply.code(200).header('content-type', contentType).send(text);
  }
}
