import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { describeError, type Logger } from '../core/logger.js';
import { encodeProblem, PROBLEM_CONTENT_TYPE, ProblemError, problemOf, type Problem } from './problem.js';
import { inRussian } from './problems/russian/in-russian.js';
import { readerLanguage } from './reader-language.js';
import { databaseProblem } from './database-problem.js';
import { databaseTroubleOf } from '../storage/database-trouble.js';
import { faultOf } from './transport-fault.js';

/** Every error of the internal port is answered as problem+json; our own failures are logged, and not disclosed. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const { retryAfterSecs, ...problem } = this.problemFor(error, reply.request.id);
    if (problem.status === 503) void reply.header('retry-after', String(retryAfterSecs ?? 1));
    if (error instanceof ProblemError) void reply.headers(error.headers);
    // As bytes: to a text Fastify would add a charset, which this media type has not (RFC 9457).
    const body = Buffer.from(encodeProblem(this.inLanguage(problem, reply)));
    void reply.code(problem.status).header('content-type', PROBLEM_CONTENT_TYPE).send(body);
  }

  /** Operators read a problem in the language that their browser asks for; programs of producers get English. */
  private inLanguage(problem: Problem, reply: FastifyReply): Problem {
    if (!isForOperators(reply.request)) return problem;
    const language = readerLanguage(reply.request);
    void reply.headers({ 'content-language': language, vary: 'accept-language' });
    return language === 'ru' ? inRussian(problem) : problem;
  }

  private problemFor(error: unknown, requestId: string): Problem & { readonly retryAfterSecs?: number } {
    if (error instanceof ProblemError) {
      if (error.cause !== undefined)
        this.logger.error({ requestId, error: describeError(error.cause) }, 'a request failed');
      return error.problem;
    }
    const fault = faultOf(error);
    const trouble = fault === 'unavailable' ? databaseTroubleOf(error) : undefined;
    const problem = trouble === undefined ? problemOf(fault) : databaseProblem(trouble);
    if (problem.status >= 500) this.logger.error({ requestId, error: describeError(error) }, 'a request failed');
    return problem;
  }
}

function isForOperators({ url }: FastifyRequest): boolean {
  return url.startsWith('/admin/');
}
