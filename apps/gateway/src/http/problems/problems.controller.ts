import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import Negotiator from 'negotiator';
import { Public } from '../auth/decorators.js';
import { problemOf, ProblemError } from '../problem.js';
import { jsonAnswer, sendStatic, staticAnswer, type StaticAnswer } from '../send-static.js';
import { PROBLEM_CATALOGUE, typeOf, type ProblemName } from './catalogue.js';
import { PAGE_POLICY, problemPage } from './problem-page.js';

/** The first one is given to anyone who does not mind. */
const OFFERED = ['application/json', 'text/html'] as const;
type Offered = (typeof OFFERED)[number];

/** What `type` of a problem leads to: what it means and what to do. Needs no key, as the problem itself may have no more. */
@Controller('problems')
export class ProblemsController {
  private readonly answers = new Map(
    Object.entries(PROBLEM_CATALOGUE).map(([name, kind]): [string, Record<Offered, StaticAnswer>] => {
      const view = { type: typeOf(name as ProblemName), ...kind };
      return [
        name,
        {
          'application/json': jsonAnswer(view),
          'text/html': staticAnswer('text/html; charset=utf-8', problemPage(view)),
        },
      ];
    }),
  );

  @Get(':name')
  @Public()
  async show(@Req() request: FastifyRequest, @Param('name') name: string, @Res() reply: FastifyReply): Promise<void> {
    const forms = this.answers.get(name);
    if (forms === undefined) throw new ProblemError(problemOf('not-found'));
    const wanted = new Negotiator(request.raw).mediaType([...OFFERED]) as Offered | undefined;
    void reply.headers({ vary: 'accept', 'content-security-policy': PAGE_POLICY });
    await sendStatic(request, reply, forms[wanted ?? OFFERED[0]]);
  }
}
