import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../auth/decorators.js';
import { problemOf, ProblemError } from '../problem.js';
import { sendStatic, type StaticAnswer } from '../send-static.js';
import { DOCS_POLICY, readDocsPage } from './docs-page.js';

/** A page that shows the documents of the orders API and of the admin API. It needs no key. */
@Controller('docs')
export class DocsController {
  /** Read when it is first asked for: most processes never are. */
  private page: ReadonlyMap<string, StaticAnswer> | undefined;

  @Get()
  @Public()
  async docs(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.file(request, '', reply);
  }

  @Get(':file')
  @Public()
  async file(@Req() request: FastifyRequest, @Param('file') name: string, @Res() reply: FastifyReply): Promise<void> {
    this.page ??= readDocsPage();
    const file = this.page.get(name);
    if (file === undefined) throw new ProblemError(problemOf('not-found'));
    void reply.header('content-security-policy', DOCS_POLICY).header('referrer-policy', 'no-referrer');
    await sendStatic(request, reply, file);
  }
}
