import type { IncomingMessage } from 'node:http';
import type { onRequestHookHandler } from 'fastify';

class AddressError extends Error {
  readonly statusCode = 400;
}

/**
 * Refuses a query whose escapes are not UTF-8. Fastify would pass them on unchanged, and `email=%FF@example.com` would
 * silently search for a person who cannot exist. (Its router checks the path.)
 */
export const requireReadableQuery: onRequestHookHandler = (request, _reply, next) => {
  const { url } = request;
  const query = url.indexOf('?');
  if (query === -1 || !url.includes('%', query) || isReadable(url.slice(query))) next();
  else next(new AddressError('the query is not percent-encoded UTF-8'));
};

function isReadable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    // The only thing it throws is the URIError of a malformed sequence.
    return false;
  }
}

/**
 * The address for Fastify's router, which answers a path of bad escapes on its own, before authentication. Their
 * percent signs are escaped, so that the request is routed like any other; `originalUrl` still has the received path,
 * and its reader decides about it.
 */
export function routableUrl({ url = '' }: Pick<IncomingMessage, 'url'>): string {
  const query = url.indexOf('?');
  const path = query === -1 ? url : url.slice(0, query);
  if (!path.includes('%') || isReadable(path)) return url;
  return path.replaceAll('%', '%25') + (query === -1 ? '' : url.slice(query));
}
