import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { ApiKeys } from './api-keys.js';

/** Closes every handler of the internal listener that is not `@Public()`; bound globally. */
export class ApiKeyGuard implements CanActivate {
  constructor(private readonly keys: ApiKeys) {}

  canActivate(context: ExecutionContext): true {
    this.keys.authenticate(context.switchToHttp().getRequest<FastifyRequest>());
    return true;
  }
}
