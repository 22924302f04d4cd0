import { randomInt } from 'node:crypto';
import { describeAnswer, fieldOf, isCarriedOut, jsonOf, scalarOf, type Exchange } from './exchange.js';
import type { Wallet } from './wallet.js';

/** A holder and the card. For a member given on the command line the e-mail and the birth date may be unknown. */
export interface Member {
  readonly cardNumber: string;
  readonly msisdn: string;
  readonly email?: string;
  readonly birthDate?: string;
}

/** A profile as Кошелёк sends it with an issue. */
export interface InventedProfile {
  readonly firstname: string;
  readonly surname: string;
  readonly phone: string;
  readonly email: string;
  readonly birthDate: string;
}

export type Issued =
  | { readonly ok: true; readonly member: Member }
  | { readonly ok: false; readonly reason: string; readonly evidence: readonly Exchange[] };

/** The first names of those whom the kit invents: with them, a phone of code 000 belongs to no person. */
export const INVENTED_FIRST_NAMES = ['Conformance', 'Ёлка'] as const;

/**
 * An invented person: no subscriber in Russia has the code 000, and example.com receives no mail. The birth date is
 * random, because few holders should share it.
 */
export function inventProfile(): InventedProfile {
  const id = digits(7);
  const two = (below: number): string => String(1 + randomInt(below)).padStart(2, '0');
  return {
    firstname: INVENTED_FIRST_NAMES[0],
    surname: 'Check',
    phone: `7000${id}`,
    email: `conformance-${id}-${digits(6)}@example.com`,
    birthDate: `${1930 + randomInt(70)}-${two(12)}-${two(28)}`,
  };
}

/** Some decimal digits. */
export function digits(count: number): string {
  return Array.from({ length: count }, () => String(randomInt(10))).join('');
}

/** The number in an answer of method 6 or 8, in any of the documented shapes. */
export function cardNumberIn(exchange: Exchange): string | undefined {
  const json = jsonOf(exchange);
  return (
    scalarOf(json) ??
    scalarOf(fieldOf(json, 'cardNumber')) ??
    scalarOf(fieldOf(json, 'card', 'cardNumber')) ??
    bare(exchange)
  );
}

/** A number with leading zeros and without quotes is no JSON. */
function bare({ answer }: Exchange): string | undefined {
  const text = answer.body.toString('utf8').trim();
  return /^\d{1,50}$/.test(text) ? text : undefined;
}

/** Issues a card to an invented holder: with method 8, and where that is refused with 6 and 7. */
export async function issueCard(wallet: Wallet, profile: InventedProfile, issued?: Exchange): Promise<Issued> {
  const evidence: Exchange[] = [];
  const { phone: msisdn, email, birthDate } = profile;
  const asMember = (cardNumber: string): Issued => ({ ok: true, member: { cardNumber, msisdn, email, birthDate } });
  if (wallet.offers(8)) {
    const exchange = issued ?? (await wallet.call(8, { json: profile }));
    evidence.push(exchange);
    if (isCarriedOut(exchange)) {
      const number = cardNumberIn(exchange) ?? cardNumberIn(await wallet.call(1, { query: { msisdn } }));
      if (number !== undefined) return asMember(number);
      return { ok: false, reason: 'neither method 8 nor a search answers the number of the card', evidence };
    }
  }
  const reserved = await wallet.call(6);
  evidence.push(reserved);
  const number = isCarriedOut(reserved) ? cardNumberIn(reserved) : undefined;
  if (number !== undefined) {
    const taken = await wallet.call(7, { cardNumber: number, json: profile });
    evidence.push(taken);
    if (isCarriedOut(taken)) return asMember(number);
  }
  const tries = evidence.map((exchange) => `method ${exchange.request.method}: ${describeAnswer(exchange)}`).join('; ');
  return { ok: false, reason: `no card can be created (${tries})`, evidence };
}
