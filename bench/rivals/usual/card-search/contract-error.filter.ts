import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { CONTENT_TYPE, encodeError, loyaltyError, type LoyaltyError } from '@vestibule/koshelek-contract';
import type { Response } from 'express';

/** Errors leave in the contract's form. */
@Catch()
export class ContractErrorFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    const isOurs = error instanceof HttpException && error.getStatus() !== 404;
    const body = isOurs ? (error.getResponse() as LoyaltyError) : loyaltyError('internalError');
    const status = isOurs && error.getStatus() === 401 ? 401 : 422;
    response.writeHead(status, { 'Content-Type': CONTENT_TYPE }).end(encodeError(body));
  }
}
