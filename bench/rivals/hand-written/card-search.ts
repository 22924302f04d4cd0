import {
  CONTENT_TYPE,
  encodeCard,
  encodeError,
  loyaltyError,
  readSearchQuery,
  type LoyaltyError,
  type Query,
} from '@vestibule/koshelek-contract';
import { fastify, type FastifyReply } from 'fastify';
import pg from 'pg';
import { chooseCards, findCards } from './find-cards.js';
import { secretCheck } from './secrets.js';
import { serve } from './serve.js';

// The card search as one file of Fastify and pg: no framework above, one statement per request.
const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'] ?? '', max: 10 });
const isAllowed = secretCheck(process.env['CREDENTIALS'] ?? '');
const app = fastify();

function refuse(reply: FastifyReply, error: LoyaltyError, status = 422): FastifyReply {
  return reply.code(status).header('content-type', CONTENT_TYPE).send(encodeError(error));
}

app.addHook('onRequest', (request, reply, next) => {
  const [scheme, encoded = ''] = (request.headers.authorization ?? '').split(' ', 2);
  if (scheme?.toLowerCase() === 'basic' && isAllowed(Buffer.from(encoded, 'base64').toString())) {
    next();
    return;
  }
  void reply.header('www-authenticate', 'Basic realm="Loyalty Online API", charset="UTF-8"');
  void refuse(reply, loyaltyError('wrongCredentials'), 401);
});

app.setNotFoundHandler((_request, reply) => refuse(reply, loyaltyError('unknownPath')));
app.setErrorHandler((_error, _request, reply) => refuse(reply, loyaltyError('internalError')));

app.get<{ Querystring: Query }>('/v1/card', async (request, reply) => {
  const query = readSearchQuery(request.query);
  if (!query.ok) return await refuse(reply, query.error);
  const [card, another] = chooseCards(await findCards(pool, query.value));
  if (another !== undefined) return await refuse(reply, loyaltyError('severalCardsMatch'));
  void reply.header('content-type', CONTENT_TYPE);
  if (card === undefined) return await reply.send('');
  if (card.state === 'blocked') return await refuse(reply, loyaltyError('cardBlocked'));
  const { number, state, barcode, barcode_type: barcodeType } = card;
  const body = encodeCard({ cardNumber: number, cardState: state, barcode: { barcodeNumber: barcode, barcodeType } });
  return await reply.send(body);
});

await serve(app, pool);
