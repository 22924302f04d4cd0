import { Controller, Get, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { problem, ProblemError } from '../../http/problem.js';
import { sendWrittenJson } from '../../http/send-json.js';
import { Catalog } from '../../partner/catalog/catalog.js';
import { DICTIONARY_NAMES } from '../../partner/catalog/dictionaries.js';
import { notReadYet } from '../../partner/refresh/not-read-yet.js';

/** The dictionaries of Тройка Бизнес, as producers read them, for operators. */
@Controller('admin/dictionaries')
export class DictionariesController {
  constructor(private readonly catalog: Catalog) {}

  /** The dictionary `tariffs`, `card-types` or `regions`. */
  @Get(':name')
  async show(@Param('name') given: string, @Res() reply: FastifyReply): Promise<void> {
    const name = DICTIONARY_NAMES.find((one) => one === given);
    if (name === undefined) {
      throw new ProblemError(problem('dictionary-not-found', `The dictionaries are ${DICTIONARY_NAMES.join(', ')}.`));
    }
    const snapshot = await this.catalog.find(name);
    if (snapshot === undefined) throw notReadYet('This dictionary');
    await sendWrittenJson(reply, 200, snapshot.representation().json);
  }
}
