import type { IncomingHttpHeaders } from 'node:http';
import { decodeRequest } from '@vestibule/envelope';
import type { Verifier } from '@vestibule/signer';
import type { MethodName } from '@vestibule/troika-contract';
import { type Client, checkHead } from '../checks/head.js';
import { checkHeaders } from '../checks/headers.js';
import { REFUSALS, type Refusal } from '../refusals.js';
import { plain } from './plain.js';

/** A request to `POST /`, with the exact bytes that were signed. */
export interface ReceivedRequest {
  readonly headers: IncomingHttpHeaders;
  /** The path without a query. */
  readonly path: string;
  /** Without the leading `?`. */
  readonly query: string;
  readonly bytes: Buffer;
  readonly receivedAt: Date;
}

/** A request that passed every check but those of its body. */
export interface CheckedRequest {
  readonly method: MethodName;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Gatekeeper {
  readonly authenticates: (authorization: string | undefined) => boolean;
  readonly verifier: Verifier;
  /** The signature's header in lower case. */
  readonly signatureHeader: string;
  readonly client: Client;
}

/** Checks a request in the order a careful server would: who is calling, the signature, the headers, the head. */
export async function checkRequest(
  received: ReceivedRequest,
  gatekeeper: Gatekeeper,
): Promise<CheckedRequest | Refusal> {
  const { headers, path, query, bytes, receivedAt } = received;
  if (!gatekeeper.authenticates(headers.authorization)) return REFUSALS.notAuthenticated;
  if (headers[gatekeeper.signatureHeader] === undefined) return REFUSALS.noSignature;
  const contentType = headers['content-type'] ?? '';
  const signed = { method: 'POST', path, query, contentType, body: bytes, date: receivedAt };
  if (!(await gatekeeper.verifier.verify(signed, headers))) return REFUSALS.wrongSignature;

  const refusal = checkHeaders(headers);
  if (refusal !== undefined) return refusal;
  const decoded = decodeRequest(bytes);
  if (!decoded.ok) return REFUSALS.notAnEnvelope;
  const { head, body } = decoded.request;
  const method = checkHead(head, gatekeeper.client);
  if (typeof method !== 'string') return method;
  return { method, body: (plain(body) ?? {}) as Record<string, unknown> };
}
