import { MAX_URL } from '../../egress/read-target.js';
import { named, optional, orNull, request, text, textUpTo, type Json } from '../../http/schema/schema.js';
import { CREATE_ORDER } from './create-order-schema.js';
import { MAX_REFERENCE } from './order-query.js';

/** In characters of JSON. */
export const MAX_METADATA = 16 * 1024;
const METADATA: Json = {
  type: 'object',
  additionalProperties: true,
  description: `Anything of your own, kept beside the order and given back in callbacks: an object of at most ${MAX_METADATA} characters of JSON.`,
};

/** What `POST /orders` takes, beside its header. */
export const NEW_ORDER_FIELDS = {
  order: CREATE_ORDER,
  reference: optional(orNull(textUpTo(MAX_REFERENCE, 'A text of your own to find orders by.'))),
  callbackUrl: optional(
    orNull(
      text(
        'Where callbacks about this order go: a public https:// address without credentials. It needs a secret to sign callbacks to you with, which an operator makes.',
        { format: 'uri', maxLength: MAX_URL },
      ),
    ),
  ),
  metadata: optional(orNull(METADATA)),
};

export const NEW_ORDER = named('NewOrder', request(NEW_ORDER_FIELDS));
