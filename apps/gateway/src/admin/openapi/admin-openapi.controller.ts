import { Controller, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../http/auth/decorators.js';
import { jsonAnswer, sendStatic } from '../../http/send-static.js';
import { ADMIN_OPENAPI } from './openapi.js';

/** The admin API for anyone who wants to use it. It needs no key. */
@Controller('admin/openapi.json')
export class AdminOpenapiController {
  private readonly document = jsonAnswer(ADMIN_OPENAPI);

  @Get()
  @Public()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await sendStatic(request, reply, this.document);
  }
}
