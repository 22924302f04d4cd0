import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { CONTENT_TYPE, loyaltyError } from '@vestibule/koshelek-contract';
import type { FastifyReply } from 'fastify';
import { faultOf } from '../http/transport-fault.js';
import { describeError, type Logger } from '../logging/logger.js';
import { CardProgramError } from './card-program/card-program.error.js';
import { answerFaultToKoshelek } from './loyalty-faults.js';
import { refusal } from './reply.js';

/** Every error of the public port leaves in the contract's form; what is our own failure is logged, and not told. */
@Catch()
export class LoyaltyFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    if (error instanceof CardProgramError) {
      const { failure, message } = error;
      this.logger.warn(
        { failure, message, error: describeError(error.cause) },
        'the card programme could not be asked',
      );
      const { status, body } = refusal(loyaltyError(failure));
      void reply.code(status).header('content-type', CONTENT_TYPE).send(body);
      return;
    }
    const fault = faultOf(error);
    if (fault === 'internal' || fault === 'unavailable') {
      this.logger.error({ error: describeError(error) }, 'a loyalty request failed');
    }
    const { status, contentType, body } = answerFaultToKoshelek(fault);
    void reply.code(status).header('content-type', contentType).send(body);
  }
}
