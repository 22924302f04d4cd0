import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { faultOf } from '../http/transport-fault.js';
import { describeError, type Logger } from '../logging/logger.js';
import { answerFaultToKoshelek } from './loyalty-faults.js';

/** Every error of the public port leaves in the contract's form; what is our own failure is logged, and not told. */
@Catch()
export class LoyaltyFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const fault = faultOf(error);
    if (fault === 'internal' || fault === 'unavailable') {
      this.logger.error({ error: describeError(error) }, 'a loyalty request failed');
    }
    const { status, contentType, body } = answerFaultToKoshelek(fault);
    void host.switchToHttp().getResponse<FastifyReply>().code(status).header('content-type', contentType).send(body);
  }
}
