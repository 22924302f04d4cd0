import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import pg from 'pg';
import { POOL } from '../../core/core.module.js';
import { ProblemError } from '../../http/problem.js';
import { isUuid } from '../../http/uuid.js';
import { findOwner } from '../ledger/find-owner.js';
import { noteOrderView, producerInAudit } from '../ledger/note-order-views.js';
import { NOT_YOUR_ORDER, NO_SUCH_ORDER } from '../order-not-found.js';

/** Every route below it is about the order whose id follows. */
const ORDER_PATH = '/orders/:id';

/**
 * An order belongs to the key that placed it. To any other key it does not exist, unless that key has the scope
 * `orders:read-all`, which reads and changes nothing, and whose looks are in the audit. Bound to all routes, so that a new one about an order is closed too.
 */
@Injectable()
export class OwnOrderGuard implements CanActivate {
  constructor(@Inject(POOL) private readonly pool: pg.Pool) {}

  /** @throws ProblemError 404 for an order of another key, 403 for a change to an order that the key may only read */
  async canActivate(context: ExecutionContext): Promise<true> {
    const { routeOptions, params, apiKeyName, orderScopes } = context.switchToHttp().getRequest<FastifyRequest>();
    if (routeOptions.url?.startsWith(ORDER_PATH) !== true) return true;
    const { id = '' } = params as { id?: string };
    const owner = isUuid(id) ? await findOwner(this.pool, id) : undefined;
    if (owner === undefined) throw new ProblemError(NO_SUCH_ORDER);
    if (owner === apiKeyName) return true;
    if (orderScopes?.has('orders:read-all') !== true) throw new ProblemError(NO_SUCH_ORDER);
    if (routeOptions.config.scope !== 'orders:read') throw new ProblemError(NOT_YOUR_ORDER);
    await noteOrderView(this.pool, producerInAudit(apiKeyName ?? ''), id);
    return true;
  }
}
