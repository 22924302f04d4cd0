import { Controller, Get, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { ApiKeyName, NeedsRole, OwnRole } from '../../http/auth/decorators.js';
import { OPERATOR_ROLES, type OperatorRole } from '../../config/operator-roles.js';
import { named, object, oneOf, text, type TypeOf } from '../../http/schema/schema.js';
import { matchesEtag } from '../../http/etag.js';
import { pageHeaders } from '../../http/page-headers.js';
import { readConsoleFiles } from './console-files.js';

/**
 * The page may only load its own files and call this listener. It cannot be framed, submits no forms, sends no
 * referrer, and cannot turn text into code or markup.
 */
const SECURITY_HEADERS = pageHeaders([
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
]);

export const WHO_AM_I = named(
  'WhoAmI',
  object({ name: text('The name of the key.'), role: oneOf(OPERATOR_ROLES, 'What it may do.') }),
);

/** The operators' page: static files without secrets, which anyone may load; its calls need a key. */
@Controller('admin')
export class ConsoleController implements OnModuleInit {
  constructor(private readonly host: HttpAdapterHost) {}

  onModuleInit(): void {
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    for (const { path, body, contentType, cacheControl, etag } of readConsoleFiles()) {
      fastify.get(path, { config: { isPublic: true } }, (request, reply) => {
        void reply.headers({ ...SECURITY_HEADERS, 'cache-control': cacheControl, etag });
        if (matchesEtag(request.headers['if-none-match'], etag)) return reply.code(304).send();
        return reply.header('content-type', contentType).send(body);
      });
    }
  }

  /** `{"name", "role"}`: under which name the audit knows the caller's key, and what it may do. */
  @Get('whoami')
  @NeedsRole('any')
  whoAmI(@ApiKeyName() who: string, @OwnRole() role: OperatorRole): TypeOf<typeof WHO_AM_I> {
    return { name: who, role };
  }
}
