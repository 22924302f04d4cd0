import { Injectable, UnauthorizedException, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { loyaltyError } from '@vestibule/koshelek-contract';
import type { Request } from 'express';
import { isSameSecret } from '../secret.js';

@Injectable()
export class BasicAuthGuard implements CanActivate {
  private readonly expected = process.env['CREDENTIALS'] ?? '';

  canActivate(context: ExecutionContext): boolean {
    const { authorization = '' } = context.switchToHttp().getRequest<Request>().headers;
    const [scheme, encoded = ''] = authorization.split(' ', 2);
    const given = Buffer.from(encoded, 'base64').toString();
    if (scheme?.toLowerCase() === 'basic' && isSameSecret(given, this.expected)) return true;
    throw new UnauthorizedException(loyaltyError('wrongCredentials'));
  }
}
