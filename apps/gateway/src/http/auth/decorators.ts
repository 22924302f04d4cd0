import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import type { OrderScope } from '../../config/order-scopes.js';
import type { OperatorRole } from '../../config/operator-roles.js';

/** Opens a handler to callers without a key. The test of the routes has the short list of such handlers. */
export const Public = (): MethodDecorator => RouteConfig({ isPublic: true });

/** Opens a handler to producers' keys with this scope only. The test of the routes asks every handler of orders for one. */
export const Scope = (scope: OrderScope): MethodDecorator => RouteConfig({ scope });

/**
 * Opens a handler to operators' keys with this role, and those above it. Without it viewers may make calls that read, and
 * operators every other one.
 */
export const NeedsRole = (role: OperatorRole | 'any'): MethodDecorator => RouteConfig({ role });

/** The name of the caller's key, as the audit knows it. */
export const ApiKeyName = createParamDecorator((_: unknown, context: ExecutionContext): string => {
  const { apiKeyName } = context.switchToHttp().getRequest<FastifyRequest>();
  if (apiKeyName === undefined) throw new Error('a handler that asks for the name of a key must not be public');
  return apiKeyName;
});

/** What the caller may do, of an operator's key. */
export const OwnRole = createParamDecorator((_: unknown, context: ExecutionContext): OperatorRole => {
  const { operatorRole } = context.switchToHttp().getRequest<FastifyRequest>();
  if (operatorRole === undefined) throw new Error('a handler that asks for a role must be below /admin');
  return operatorRole;
});

/** The key whose orders the caller may read; undefined: those of all keys. */
export const ReadableOwner = createParamDecorator((_: unknown, context: ExecutionContext): string | undefined => {
  const { apiKeyName, orderScopes } = context.switchToHttp().getRequest<FastifyRequest>();
  return orderScopes?.has('orders:read-all') === true ? undefined : apiKeyName;
});
