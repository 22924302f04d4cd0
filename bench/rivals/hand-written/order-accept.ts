import { createHash } from 'node:crypto';
import { validateCreateOrder } from '@vestibule/troika-contract';
import { fastify, type FastifyReply } from 'fastify';
import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { findByKey, insertOrder, type StoredOrder } from './insert-order.js';
import { secretCheck } from './secrets.js';
import { serve } from './serve.js';

interface PostedOrder {
  readonly order?: unknown;
  readonly reference?: unknown;
  readonly callbackUrl?: unknown;
  readonly metadata?: unknown;
}

// Accepting orders as one file of Fastify and pg: one INSERT per request, no queue.
const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'] ?? '', max: 32 });
const isAllowed = secretCheck(process.env['ORDERS_KEY'] ?? '');
const app = fastify();

function problem(reply: FastifyReply, status: number, detail: string, errors?: unknown): FastifyReply {
  const body = JSON.stringify({ type: 'about:blank', status, detail, errors });
  return reply.code(status).header('content-type', 'application/problem+json').send(Buffer.from(body));
}

function encode({ id, status, reference, body, created_at: createdAt, updated_at: updatedAt }: StoredOrder): string {
  const head = JSON.stringify({ id, status, reference }).slice(0, -1);
  const troika = '{"orderId":null,"totalAmount":null,"resultCode":null,"resultMessage":null}';
  const tail = JSON.stringify({ attempts: 0, tickets: [], createdAt, updatedAt }).slice(1);
  return `${head},"order":${body},"troika":${troika},${tail}`;
}

function optionalText(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

app.post<{ Body: PostedOrder | null }>('/orders', async (request, reply) => {
  const [scheme, token = ''] = (request.headers.authorization ?? '').split(' ', 2);
  if (scheme?.toLowerCase() !== 'bearer' || !isAllowed(token)) return await problem(reply, 401, 'Wrong key.');
  const idempotencyKey = request.headers['idempotency-key'];
  if (typeof idempotencyKey !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(idempotencyKey)) {
    return await problem(reply, 400, 'Send an Idempotency-Key.');
  }
  const { order, reference, callbackUrl, metadata } = request.body ?? {};
  const faults = validateCreateOrder(order);
  if (reference != null && (typeof reference !== 'string' || reference.length > 255)) {
    faults.push({ pointer: '/reference', detail: 'Must be a string of at most 255 characters.' });
  }
  if (callbackUrl != null && (typeof callbackUrl !== 'string' || !URL.canParse(callbackUrl))) {
    faults.push({ pointer: '/callbackUrl', detail: 'Must be an address.' });
  }
  if (faults.length > 0) return await problem(reply, 422, 'The order has faults.', faults);

  const requestHash = createHash('sha256').update(JSON.stringify(request.body)).digest();
  const inserted = await insertOrder(pool, {
    id: uuidv7(),
    apiKeyName: 'shop',
    idempotencyKey,
    requestHash,
    reference: optionalText(reference),
    body: JSON.stringify(order),
    callbackUrl: optionalText(callbackUrl),
    metadata: metadata == null ? null : JSON.stringify(metadata),
  });
  const stored = inserted ?? (await findByKey(pool, 'shop', idempotencyKey));
  if (stored === undefined) return await problem(reply, 500, 'The order has vanished.');
  if (inserted === undefined) {
    if (!stored.request_hash.equals(requestHash)) return await problem(reply, 422, 'The key belongs to another order.');
    void reply.header('idempotency-replayed', 'true');
  }
  void reply.code(202).header('location', `/orders/${stored.id}`);
  return await reply.header('content-type', 'application/json; charset=utf-8').send(encode(stored));
});

await serve(app, pool);
