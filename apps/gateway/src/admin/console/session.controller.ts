import { Controller, Delete, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { OperatorRole } from '../../config/operator-roles.js';
import { bearerDigest } from '../../http/auth/bearer-keys.js';
import { ApiKeyName, NeedsRole, OwnRole, Public } from '../../http/auth/decorators.js';
import { OperatorSessions, sessionCookie } from '../../http/auth/operator-sessions.js';
import { NO_KEY, ProblemError } from '../../http/problem.js';

/** Signing in and out of the operators' page. */
@Controller('admin/session')
export class SessionController {
  constructor(private readonly sessions: OperatorSessions) {}

  /** Gives a session for the key of the Authorization header, as a cookie: `{"name", "role"}`. */
  @Post()
  @NeedsRole('any')
  @HttpCode(200)
  signIn(
    @ApiKeyName() name: string,
    @OwnRole() role: OperatorRole,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): { name: string; role: OperatorRole } {
    const digest = bearerDigest(request);
    // A session does not lengthen itself.
    if (digest === undefined) throw new ProblemError(NO_KEY, { 'www-authenticate': 'Bearer' });
    void reply.header('set-cookie', sessionCookie(this.sessions.seal(digest), request.protocol === 'https'));
    return { name, role };
  }

  /** Lets the browser forget it, whether it still opens or not. */
  @Delete()
  @Public()
  @HttpCode(204)
  signOut(@Req() { protocol }: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): void {
    void reply.header('set-cookie', sessionCookie('', protocol === 'https'));
  }
}
