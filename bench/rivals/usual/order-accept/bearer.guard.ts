import { Injectable, UnauthorizedException, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { isSameSecret } from '../secret.js';

@Injectable()
export class BearerGuard implements CanActivate {
  private readonly expected = process.env['ORDERS_KEY'] ?? '';

  canActivate(context: ExecutionContext): boolean {
    const { authorization = '' } = context.switchToHttp().getRequest<Request>().headers;
    const [scheme, token = ''] = authorization.split(' ', 2);
    if (scheme?.toLowerCase() === 'bearer' && isSameSecret(token, this.expected)) return true;
    throw new UnauthorizedException();
  }
}
