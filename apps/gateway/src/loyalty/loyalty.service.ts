import { Inject, Injectable } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import {
  CARD_NUMBER_MAX_LENGTH,
  isAvailable,
  loyaltyError,
  loyaltyEncoders,
  loyaltyMethods,
  loyaltyRouter,
  type KoshelekApiVersion,
} from '@vestibule/koshelek-contract';
import type { Config } from '../config/config.js';
import { koshelekOf } from './koshelek-config.js';
import { CARD_PROGRAM, type CardProgram } from './card-program/card-program.js';
import { OPERATIONS, type LoyaltyCall, type LoyaltyContext } from './operations.js';
import { refusal, type LoyaltyReply } from './reply.js';

type Route = ReturnType<typeof loyaltyRouter<ReturnType<typeof loyaltyMethods>[number]>>;
/** What a verb and a path have turned out to mean. */
export type FoundRoute = ReturnType<Route>;

/** Carries out the methods of the Loyalty Online API, as the contract's table has them. */
@Injectable()
export class LoyaltyService {
  private readonly version: KoshelekApiVersion;
  private readonly route: Route;
  private readonly context: LoyaltyContext;

  constructor(@Inject(CARD_PROGRAM) program: CardProgram, config: ConfigService<Config, true>) {
    const { apiVersion, offersPath, nulls, reservedNumber, promoFields, receiptMaxSum } = koshelekOf(config);
    this.version = apiVersion;
    this.route = loyaltyRouter(loyaltyMethods(offersPath));
    this.context = { program, encode: loyaltyEncoders({ nulls, reservedNumber }), promoFields, receiptMaxSum };
  }

  /**
   * @param verb upper case
   * @param path the path after `/v1`, percent-encoded as received, without the query
   */
  find(verb: string, path: string): FoundRoute {
    return this.route(verb, path);
  }

  /** @param verb upper case */
  answer(verb: string, route: FoundRoute, call: Omit<LoyaltyCall, 'cardNumber'>): LoyaltyReply | Promise<LoyaltyReply> {
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
        const { query, body, rawBody } = call;
        return OPERATIONS[operation](this.context, { query, body, rawBody, cardNumber: route.cardNumber });
      }
    }
  }
}
