import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { CONTENT_TYPE, loyaltyError } from '@vestibule/koshelek-contract';
import type { FastifyReply } from 'fastify';
import { faultOf } from '../http/transport-fault.js';
import { describeError, type Logger } from '../core/logger.js';
import { CardProgramError } from './card-program/card-program.error.js';
import { faultReply } from './loyalty-faults.js';
import { refusal, type WholeReply } from './reply.js';

/** PostgreSQL ended a statement that took longer than it may. */
const STATEMENT_CANCELLED = '57014';

/** Every error of the public port has the contract's form; our own failures are logged, and not disclosed. */
@Catch()
export class LoyaltyFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const { status, body, code } = this.replyTo(error, reply.request.id);
    reply.request.loyaltyCode = code;
    void reply.code(status).header('content-type', CONTENT_TYPE).send(body);
  }

  private replyTo(error: unknown, requestId: string): WholeReply {
    if (error instanceof CardProgramError) {
      const { failure, message, cause } = error;
      const why = { failure, message, cause: cause && describeError(cause) };
      this.logger.warn({ requestId, ...why }, 'the card programme was not asked');
      return refusal(loyaltyError(failure));
    }
    if (error instanceof Error && 'code' in error && error.code === STATEMENT_CANCELLED) {
      this.logger.warn({ requestId }, 'a loyalty request took too long');
      return refusal(loyaltyError('requestTimeout'));
    }
    const fault = faultOf(error);
    if (fault === 'internal' || fault === 'unavailable') {
      this.logger.error({ requestId, error: describeError(error) }, 'a loyalty request failed');
    }
    return faultReply(fault);
  }
}
