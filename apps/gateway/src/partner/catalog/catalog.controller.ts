import { Controller, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { matchesEtag } from '../../http/etag.js';
import { sendWrittenJson } from '../../http/send-json.js';
import { notReadYet } from '../refresh/not-read-yet.js';
import { Catalog } from './catalog.js';
import type { DictionaryName } from './dictionaries.js';

/** How long a client may use its own copy while we are away: a price is not a day's secret. */
const STALE_IF_ERROR_SECS = 86_400;

/** The dictionaries of Тройка Бизнес, for our own services. */
@Controller('catalog')
export class CatalogController {
  constructor(private readonly catalog: Catalog) {}

  /** `{"tariffs": […], "fetchedAt", "stale"}` */
  @Get('tariffs')
  async tariffs(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.answer('tariffs', request, reply);
  }

  /** `{"cardTypes": […], "fetchedAt", "stale"}` */
  @Get('card-types')
  async cardTypes(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.answer('card-types', request, reply);
  }

  /** `{"regions": […], "fetchedAt", "stale"}` */
  @Get('regions')
  async regions(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.answer('regions', request, reply);
  }

  /**
   * `max-age` is the refresh period and `Age` the elapsed part of it (RFC 9111, 4.2). Private, because the resource
   * needs a key.
   */
  private async answer(name: DictionaryName, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const snapshot = await this.catalog.find(name);
    if (snapshot === undefined) throw notReadYet('This dictionary');
    const { json, etag } = snapshot.representation();
    void reply.headers({
      etag,
      age: String(Math.floor(snapshot.ageSecs())),
      'cache-control': `private, max-age=${snapshot.refreshSecs}, stale-if-error=${STALE_IF_ERROR_SECS}`,
    });
    if (matchesEtag(request.headers['if-none-match'], etag)) await reply.code(304).send();
    else await sendWrittenJson(reply, 200, json);
  }
}
