import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

/**
 * Closes every handler of the public listener. The credentials themselves are checked on the headers, before anything
 * of a body is read (`requireBasicAuth`), and an unknown path needs them too.
 */
export class BasicAuthGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    return context.switchToHttp().getRequest<FastifyRequest>().isAuthenticated === true;
  }
}
