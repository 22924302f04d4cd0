import {
  encodeCard,
  loyaltyError,
  readChannels,
  readSearchQuery,
  type LoyaltyOperation,
  type Query,
} from '@vestibule/koshelek-contract';
import type { CardProgram } from './card-program/card-program.js';
import { EMPTY_REPLY, refusal, type LoyaltyReply } from './reply.js';

/** A request that has been routed: what the method's reader gets to see. */
export interface LoyaltyCall {
  readonly query: Query;
  readonly cardNumber: string;
  readonly body: unknown;
}

type Operation = (program: CardProgram, call: LoyaltyCall) => Promise<LoyaltyReply>;

/** What each method does. One that is not here yet answers that the programme does not offer it. */
export const OPERATIONS: Readonly<Partial<Record<LoyaltyOperation, Operation>>> = { findCard, setChannels };

async function findCard(program: CardProgram, { query }: LoyaltyCall): Promise<LoyaltyReply> {
  const search = readSearchQuery(query);
  if (!search.ok) return refusal(search.error);
  const outcome = await program.findCard(search.value);
  if (outcome.kind === 'refused') return refusal(loyaltyError(outcome.why));
  return outcome.value === undefined ? EMPTY_REPLY : { status: 200, body: encodeCard(outcome.value) };
}

async function setChannels(program: CardProgram, { cardNumber, body }: LoyaltyCall): Promise<LoyaltyReply> {
  const channels = readChannels(body);
  if (!channels.ok) return refusal(channels.error);
  const outcome = await program.setChannels(cardNumber, channels.value);
  return outcome.kind === 'refused' ? refusal(loyaltyError(outcome.why)) : EMPTY_REPLY;
}
