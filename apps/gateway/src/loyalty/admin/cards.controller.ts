import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import { isCardNumber } from '@vestibule/koshelek-contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import pg from 'pg';
import { POOL } from '../../core/core.module.js';
import type { Config } from '../../config/config.js';
import { agreeOnDecision, WAITS_FOR_SECOND_PERSON, type Proposal } from '../../audit/second-person.js';
import { ApiKeyName } from '../../http/auth/decorators.js';
import { readIdempotencyKey } from '../../http/idempotency-key.js';
import { ProblemError } from '../../http/problem.js';
import { adjustBalance } from './adjust-balance.js';
import { blockCard, unblockCard, type BlockOutcome } from './block-card.js';
import { CARDS_ELSEWHERE, NO_IDEMPOTENCY_KEY, NO_SUCH_CARD, refusalOf } from './card-answers.js';
import { encodeCardCursor, readAdjustment, readCardQuery, readReason } from './card-requests.js';
import type { Adjusted, CardView, ListedCard } from './card-views.js';
import { findCards } from './find-cards.js';
import { lookAtCard } from './look-at-card.js';
import { noteFind, noteView } from './note-looks.js';

/** The operators' calls about cards. Every call needs an admin key; its name goes into the audit. */
@Controller('admin/cards')
export class CardsController {
  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    private readonly config: ConfigService<Config, true>,
  ) {}

  /** `{"cards": [{"number", "state", "createdAt", "holder"}], "nextCursor"}`: the newest first, holders masked. */
  @Get()
  async find(
    @ApiKeyName() who: string,
    @Query() query: unknown,
  ): Promise<{ cards: ListedCard[]; nextCursor: string | null }> {
    this.requireCardsHere();
    const wanted = readCardQuery(query);
    const { cards, next } = await findCards(this.pool, wanted);
    await noteFind(this.pool, who, wanted, cards);
    return { cards, nextCursor: next === undefined ? null : encodeCardCursor(next) };
  }

  /** Everything about one card, its holder in clear. */
  @Get(':number')
  async look(@ApiKeyName() who: string, @Param('number') number: string): Promise<CardView> {
    this.requireCardsHere();
    const card = isCardNumber(number) ? await lookAtCard(this.pool, number) : undefined;
    if (card === undefined) throw new ProblemError(NO_SUCH_CARD);
    await noteView(this.pool, who, number);
    return card;
  }

  /** `{"number", "state"}` as it is now, also when it was blocked before. */
  @Post(':number/block')
  @HttpCode(200)
  async block(@ApiKeyName() who: string, @Param('number') number: string, @Body() body: unknown): Promise<object> {
    this.requireCardsHere();
    const actor = readReason(body, who);
    return cardOf(isCardNumber(number) ? await blockCard(this.pool, number, actor) : { kind: 'not-found' });
  }

  /** `{"number", "state"}`: active or inactive, as it was before the block. */
  @Post(':number/unblock')
  @HttpCode(200)
  async unblock(@ApiKeyName() who: string, @Param('number') number: string, @Body() body: unknown): Promise<object> {
    this.requireCardsHere();
    const actor = readReason(body, who);
    return cardOf(isCardNumber(number) ? await unblockCard(this.pool, number, actor) : { kind: 'not-found' });
  }

  /**
   * 200 with the adjustment and the balance before and after it; a repeated call says `Idempotency-Replayed: true`.
   * 409 when a debit asks for more than is available.
   */
  @Post(':number/balance')
  @HttpCode(200)
  async adjust(
    @ApiKeyName() who: string,
    @Req() request: FastifyRequest,
    @Param('number') number: string,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Adjusted> {
    this.requireCardsHere();
    const key = readIdempotencyKey(request.raw.headersDistinct['idempotency-key']);
    if (key === undefined) throw new ProblemError(NO_IDEMPOTENCY_KEY);
    const { adjustment, actor } = readAdjustment(body, who);
    if (!isCardNumber(number)) throw new ProblemError(NO_SUCH_CARD);
    const adjust = (limit?: number) => adjustBalance(this.pool, number, adjustment, actor, key, limit);
    const { creditLimit, secondPerson } = this.config.get('admin', { infer: true });
    let outcome = await adjust(creditLimit);
    if (outcome.kind === 'over-limit' && secondPerson.has('credits')) {
      const { amount, validUntil } = adjustment;
      const wanted = JSON.stringify({ amount, validUntil });
      const proposal: Proposal = { action: 'card.adjust', subject: { cardNumber: number }, wanted };
      const isAgreed = (await agreeOnDecision(this.pool, proposal, actor)) !== undefined;
      if (!isAgreed) throw new ProblemError(WAITS_FOR_SECOND_PERSON);
      outcome = await adjust();
    }
    if (outcome.kind !== 'done') throw new ProblemError(refusalOf(outcome));
    if (outcome.replayed) void reply.header('idempotency-replayed', 'true');
    return outcome.adjusted;
  }

  /** @throws ProblemError when a company's own system manages the cards */
  private requireCardsHere(): void {
    if (!this.config.get('cardsAreHere', { infer: true })) throw new ProblemError(CARDS_ELSEWHERE);
  }
}

function cardOf(outcome: BlockOutcome): object {
  if (outcome.kind === 'not-found') throw new ProblemError(NO_SUCH_CARD);
  return outcome.card;
}
