import { All, Controller, Req, Res } from '@nestjs/common';
import { CONTENT_TYPE, type Query } from '@vestibule/koshelek-contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LoyaltyService } from './loyalty.service.js';

/**
 * The public listener. The contract's table does the routing, so that an unknown path or a wrong verb is answered in the
 * contract's own words.
 */
@Controller('v1')
export class LoyaltyController {
  constructor(private readonly loyalty: LoyaltyService) {}

  @All('*')
  async answer(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const [address = ''] = request.url.split('?', 1);
    const path = address.slice(address.indexOf('/v1/') + '/v1'.length);
    const { status, body } = await this.loyalty.answer(request.method, path, {
      query: request.query as Query,
      body: request.body,
    });
    await reply.code(status).header('content-type', CONTENT_TYPE).send(body);
  }
}
