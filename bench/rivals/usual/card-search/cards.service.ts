import { Injectable, UnprocessableEntityException } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { loyaltyError } from '@vestibule/koshelek-contract';
import { Raw, Repository, type FindOptionsWhere } from 'typeorm';
import { CardEntity, Member } from '../entities.js';
import type { FindCardDto } from './find-card.dto.js';

@Injectable()
export class CardsService {
  constructor(@InjectRepository(CardEntity) private readonly cards: Repository<CardEntity>) {}

  async find({ msisdn, email, birthDate }: FindCardDto): Promise<CardEntity | undefined> {
    const by: FindOptionsWhere<Member>[] = [];
    if (msisdn !== undefined) by.push({ msisdn });
    if (email !== undefined) by.push({ email: Raw((column) => `lower(${column}) = :email`, { email }) });
    if (by.length === 0 && birthDate !== undefined) by.push({ birthDate });
    if (by.length === 0) throw new UnprocessableEntityException(loyaltyError('noSearchParameter'));
    const [card, another] = await this.cards.find({ where: by.map((member) => ({ member })) });
    if (another !== undefined) throw new UnprocessableEntityException(loyaltyError('severalCardsMatch'));
    if (card?.state === 'blocked') throw new UnprocessableEntityException(loyaltyError('cardBlocked'));
    return card;
  }
}
