import { Inject, Injectable } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import {
  CARD_NUMBER_MAX_LENGTH,
  isAvailable,
  loyaltyError,
  matchLoyaltyRoute,
  type KoshelekApiVersion,
} from '@vestibule/koshelek-contract';
import type { Config } from '../config/config.js';
import { CARD_PROGRAM, type CardProgram } from './card-program/card-program.js';
import { OPERATIONS, type LoyaltyCall } from './operations.js';
import { refusal, type LoyaltyReply } from './reply.js';

/** Carries out the methods of the Loyalty Online API, as the contract's table has them. */
@Injectable()
export class LoyaltyService {
  private readonly version: KoshelekApiVersion;

  constructor(
    @Inject(CARD_PROGRAM) private readonly program: CardProgram,
    config: ConfigService<Config, true>,
  ) {
    this.version = config.get('koshelek', { infer: true })?.apiVersion ?? '1.3.0';
  }

  /**
   * @param verb upper case
   * @param path what follows `/v1`, percent-encoded as it came, without the query
   */
  async answer(verb: string, path: string, call: Omit<LoyaltyCall, 'cardNumber'>): Promise<LoyaltyReply> {
    const route = matchLoyaltyRoute(verb, path);
    switch (route.kind) {
      case 'unknown-path':
        return refusal(loyaltyError('unknownPath'));
      case 'wrong-verb':
        return refusal(loyaltyError('wrongVerb', { verb, allowed: route.allowed.join(', ') }));
      case 'bad-card-number':
        return refusal(loyaltyError('badCardNumber', { limit: CARD_NUMBER_MAX_LENGTH }));
      case 'method': {
        const { operation, since } = route.method;
        if (!isAvailable(route.method, this.version)) {
          return refusal(loyaltyError('methodNotInVersion', { version: this.version, since }));
        }
        const carryOut = OPERATIONS[operation];
        if (carryOut === undefined) return refusal(loyaltyError('methodNotOffered'));
        return await carryOut(this.program, { ...call, cardNumber: route.cardNumber ?? '' });
      }
    }
  }
}
