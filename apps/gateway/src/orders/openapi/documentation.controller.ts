import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../http/auth/decorators.js';
import { problemOf, ProblemError } from '../../http/problem.js';
import { sendStatic, staticAnswer } from '../../http/send-static.js';
import { DOCS_POLICY, readDocsPage } from './docs-page.js';
import { OPENAPI } from './openapi.js';

/** The orders API for anyone who wants to use it: the document, and a page that shows it. Neither needs a key. */
@Controller()
export class DocumentationController {
  private readonly document = staticAnswer('application/json; charset=utf-8', JSON.stringify(OPENAPI));
  private readonly page = readDocsPage();

  @Get('openapi.json')
  @Public()
  async openapi(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await sendStatic(request, reply, this.document);
  }

  @Get('docs')
  @Public()
  async docs(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.file(request, '', reply);
  }

  @Get('docs/:file')
  @Public()
  async file(@Req() request: FastifyRequest, @Param('file') name: string, @Res() reply: FastifyReply): Promise<void> {
    const file = this.page.get(name);
    if (file === undefined) throw new ProblemError(problemOf('not-found'));
    void reply.header('content-security-policy', DOCS_POLICY).header('referrer-policy', 'no-referrer');
    await sendStatic(request, reply, file);
  }
}
