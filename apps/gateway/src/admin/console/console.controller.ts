import { Controller, Get, Header, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { ApiKeyName } from '../../http/auth/decorators.js';
import { matchesEtag } from '../../http/etag.js';
import { readConsoleFiles } from './console-files.js';

/**
 * What the page may do: load its own files and call this very listener, and nothing else. It cannot be framed, sends no
 * form away, tells no other site where it is, and cannot make code or markup of a text.
 */
const SECURITY_HEADERS = {
  'content-security-policy': [
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
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
} as const;

/** The operators' page: static files, which anybody may load, for there is nothing in them; its calls need a key. */
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

  /** `{"name"}`: under which name the audit knows the caller's key. */
  @Get('whoami')
  @Header('cache-control', 'no-store')
  whoAmI(@ApiKeyName() who: string): { name: string } {
    return { name: who };
  }
}
