import { Controller, Get, Query, Res, UseFilters, UseGuards } from '@nestjs/common';
import { CONTENT_TYPE, encodeCard } from '@vestibule/koshelek-contract';
import type { Response } from 'express';
import { BasicAuthGuard } from './basic-auth.guard.js';
import { CardsService } from './cards.service.js';
import { ContractErrorFilter } from './contract-error.filter.js';
import { FindCardDto } from './find-card.dto.js';

@Controller('v1/card')
@UseGuards(BasicAuthGuard)
@UseFilters(ContractErrorFilter)
export class CardsController {
  constructor(private readonly cards: CardsService) {}

  @Get()
  async find(@Query() query: FindCardDto, @Res() response: Response): Promise<void> {
    const card = await this.cards.find(query);
    const body =
      card === undefined || card.state === 'blocked'
        ? ''
        : encodeCard({
            cardNumber: card.number,
            cardState: card.state,
            barcode: { barcodeNumber: card.barcode, barcodeType: card.barcodeType },
          });
    // Express's own `send` cannot write this Content-Type: it does not parse the semicolon at its end.
    const head = { 'Content-Type': CONTENT_TYPE, 'Content-Length': Buffer.byteLength(body) };
    response.writeHead(200, head).end(body);
  }
}
