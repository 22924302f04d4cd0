import { Readable } from 'node:stream';
import { All, Controller, Inject, Req, Res } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import { CONTENT_TYPE, type Query } from '@vestibule/koshelek-contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config/config.js';
import { LOGGER } from '../core/core.module.js';
import { describeError, type Logger } from '../core/logger.js';
import { rawBodyOf } from '../http/json-body.js';
import { nameRequest } from '../http/measure-requests.js';
import { koshelekOf } from './koshelek-config.js';
import { LoyaltyService } from './loyalty.service.js';

/** As bytes, and few of them ahead of the caller. */
const PIECES = { objectMode: false, highWaterMark: 64 * 1024 };

/**
 * The public listener. The contract's table does the routing, so that an unknown path or a wrong verb gets an error of
 * the contract.
 */
@Controller('v1')
export class LoyaltyController {
  /** How many segments precede a method's path: those of the base path, which may have a `v1` too, and `v1`. */
  private readonly segmentsBefore: number;

  constructor(
    private readonly loyalty: LoyaltyService,
    config: ConfigService<Config, true>,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.segmentsBefore = koshelekOf(config).basePath.split('/').length;
  }

  @All('*')
  async answer(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const route = this.loyalty.find(request.method, pathBehind(this.segmentsBefore + 1, request.originalUrl));
    request.loyaltyRoute = route;
    if (route.kind === 'method') nameRequest(request, route.method.operation);
    const answered = await this.loyalty.answer(request.method, route, {
      query: request.query as Query,
      body: request.body,
      rawBody: rawBodyOf(request),
    });
    const { status, body } = answered;
    if ('code' in answered) request.loyaltyCode = answered.code;
    void reply.code(status).header('content-type', CONTENT_TYPE);
    await reply.send(typeof body === 'string' ? body : Readable.from(this.watch(body, request.id), PIECES));
  }

  /** A list that ends early has its status sent already: the connection ends, and the log says why. */
  private async *watch(pieces: AsyncGenerator<string, void>, requestId: string): AsyncGenerator<string, void> {
    try {
      yield* pieces;
    } catch (error) {
      this.logger.error({ requestId, error: describeError(error) }, 'a list broke off after its first bytes were sent');
      throw error;
    }
  }
}

/** The path from its `slashes`-th slash on, without the query. */
function pathBehind(slashes: number, url: string): string {
  const query = url.indexOf('?');
  const address = query === -1 ? url : url.slice(0, query);
  let at = -1;
  for (let passed = 0; passed < slashes; passed += 1) {
    at = address.indexOf('/', at + 1);
    if (at === -1) return '/';
  }
  return address.slice(at);
}
