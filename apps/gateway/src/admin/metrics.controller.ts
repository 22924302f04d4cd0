import { Controller, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { BearerKeys } from '../http/bearer.js';
import { Metrics } from '../metrics/metrics.js';

/** For Prometheus, in every process; needs an admin key (`authorization` in the scrape configuration). */
@Controller('admin/metrics')
export class MetricsController {
  constructor(
    private readonly keys: BearerKeys,
    private readonly metrics: Metrics,
  ) {}

  @Get()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    this.keys.nameOf(request);
    const { contentType, text } = await this.metrics.expose();
    await reply.code(200).header('content-type', contentType).send(text);
  }
}
