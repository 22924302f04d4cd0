import type { OperatorRole } from '../../config/operator-roles.js';
import type { OrderScope } from '../../config/order-scopes.js';

/**
 * Who may make a call: anyone; Кошелёк; a producer with any key, because what it answers belongs to that key or to no one; a
 * producer whose key has a scope; any operator; an operator whose key has a role, or one that includes it.
 */
export type Permission = 'public' | 'wallet' | 'producer' | 'any operator' | OrderScope | OperatorRole;

/**
 * Every route of both listeners. Viewers read, operators decide, admins give rights and change what is for good; the office
 * places orders from files.
 */
export const PERMISSIONS: Readonly<Record<string, Permission>> = {
  'ANY /v1/*': 'wallet',

  'GET /docs': 'public',
  'GET /docs/:file': 'public',
  'GET /openapi.json': 'public',
  'GET /problems/:name': 'public',
  'GET /console': 'public',
  'GET /console/*': 'public',
  'GET /admin/queues/*': 'public',
  'GET /admin/health': 'public',
  'GET /admin/health/live': 'public',
  'GET /admin/health/ready': 'public',

  'POST /orders': 'orders:write',
  'POST /orders/batch': 'orders:write',
  'GET /orders': 'orders:read',
  'GET /orders/:id': 'orders:read',
  'GET /orders/:id/attempts': 'orders:read',
  'GET /orders/:id/events': 'orders:read',
  'GET /orders/:id/tickets/:orderTariffId': 'orders:read',
  'POST /orders/:id/cancel': 'orders:cancel',
  'POST /orders/:id/tickets/:orderTariffId/cancel': 'orders:cancel',
  'GET /callbacks/endpoints': 'producer',
  'POST /callbacks/endpoints/:id/enable': 'producer',
  'POST /callbacks/endpoints/:id/disable': 'producer',
  'GET /callbacks/deliveries': 'producer',
  'GET /callbacks/deliveries/:id': 'producer',
  'POST /callbacks/deliveries/:id/redeliver': 'producer',
  'POST /callbacks/test': 'producer',
  'GET /catalog/tariffs': 'producer',
  'GET /catalog/card-types': 'producer',
  'GET /catalog/regions': 'producer',
  'GET /account': 'producer',

  'GET /admin/metrics': 'viewer',
  'GET /admin/loyalty/calls': 'viewer',
  'GET /admin/orders': 'viewer',
  'GET /admin/orders/:id': 'viewer',
  'GET /admin/orders/:id/check': 'operator',
  'POST /admin/orders/:id/resolve': 'operator',
  'POST /admin/orders/:id/replay': 'operator',
  'POST /admin/orders/replay': 'operator',
  'POST /admin/orders/purge': 'operator',
  'GET /admin/orders/plans': 'viewer',
  'POST /admin/orders/plans': 'operator',
  'GET /admin/orders/plans/:id': 'viewer',
  'GET /admin/orders/plans/:id/events': 'viewer',
  'POST /admin/orders/plans/:id/run': 'operator',
  'POST /admin/orders/plans/:id/stop': 'operator',
  'GET /admin/whoami': 'any operator',
  'POST /admin/session': 'any operator',
  'DELETE /admin/session': 'public',
  'GET /admin/order-files': 'office',
  'POST /admin/order-files': 'office',
  'POST /admin/order-files/check': 'office',
  'GET /admin/order-files/template': 'office',
  'GET /admin/order-files/:hash': 'office',
  'GET /admin/order-files/:hash/lines': 'office',
  'GET /admin/order-counts': 'viewer',
  'GET /admin/piles': 'viewer',
  'GET /admin/audit': 'viewer',
  'GET /admin/events': 'viewer',
  'GET /admin/alerts': 'viewer',
  'POST /admin/alerts/test': 'operator',
  'GET /admin/queues/api/*': 'viewer',
  'GET /admin/sending': 'viewer',
  'POST /admin/sending/stop': 'operator',
  'POST /admin/sending/resume': 'operator',
  'GET /admin/cards': 'viewer',
  'GET /admin/cards/:number': 'viewer',
  'POST /admin/cards/:number/block': 'operator',
  'POST /admin/cards/:number/unblock': 'operator',
  'POST /admin/cards/:number/balance': 'operator',
  'POST /admin/erasures': 'admin',
  'POST /admin/import/:kind': 'admin',
  'GET /admin/keys': 'admin',
  'POST /admin/keys': 'admin',
  'POST /admin/keys/:id/rotate': 'admin',
  'POST /admin/keys/:id/revoke': 'admin',
};
