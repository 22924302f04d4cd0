import type { FastifyInstance } from 'fastify';

/** A year, as usual; without sub-domains, which are not ours to decide about. */
const HSTS = 'max-age=31536000';

/** Headers that keep answers from being kept, guessed at or asked for in clear. What a handler has said of its cache stays. */
export function addSecurityHeaders(instance: FastifyInstance, { isEncrypted }: { isEncrypted: boolean }): void {
  instance.addHook('onSend', (_request, reply, payload, done) => {
    void reply.header('x-content-type-options', 'nosniff');
    if (isEncrypted) void reply.header('strict-transport-security', HSTS);
    const type = reply.getHeader('content-type');
    if (typeof type === 'string' && type.includes('json') && !reply.hasHeader('cache-control')) {
      void reply.header('cache-control', 'no-store');
    }
    done(null, payload);
  });
}
