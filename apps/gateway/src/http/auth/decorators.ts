import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';

/** Opens a handler to callers without a key. The test of the routes has the short list of such handlers. */
export const Public = (): MethodDecorator => RouteConfig({ isPublic: true });

/** The name of the caller's key, as the audit knows it. */
export const ApiKeyName = createParamDecorator((_: unknown, context: ExecutionContext): string => {
  const { apiKeyName } = context.switchToHttp().getRequest<FastifyRequest>();
  if (apiKeyName === undefined) throw new Error('a handler that asks for the name of a key must not be public');
  return apiKeyName;
});
