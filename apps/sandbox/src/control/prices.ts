import type { FastifyInstance } from 'fastify';
import type { Book } from '../book.js';
import { roubles, tariffEntry } from '../partner/views.js';
import type { Shelf } from '../shelf.js';
import { type ProblemEntry, problem } from './problem.js';

/** The part of the control API for prices and the guarantee fund. */
export function priceRoutes(book: Book, shelf: Shelf) {
  return async (app: FastifyInstance): Promise<void> => {
    app.put<{ Params: { id: string } }>('/_control/tariffs/:id', async (request, reply) => {
      const errors: ProblemEntry[] = [];
      const [priceMinKopecks, priceMaxKopecks] = readKopecks(request.body, ['priceMin', 'priceMax'], errors);
      if (priceMinKopecks === undefined || priceMaxKopecks === undefined) {
        return problem(reply, 422, 'This is no price.', errors);
      }
      if (!shelf.sell(Number(request.params.id), { priceMinKopecks, priceMaxKopecks })) {
        return problem(reply, 404, 'The dictionary has no tariff with this id.');
      }
      const tariff = shelf.tariff(Number(request.params.id));
      return tariff === undefined ? reply.code(204).send() : tariffEntry(tariff);
    });

    app.delete<{ Params: { id: string } }>('/_control/tariffs/:id', async (request, reply) => {
      if (shelf.takeAway(Number(request.params.id))) return reply.code(204).send();
      return problem(reply, 404, 'No tariff with this id is on sale.');
    });

    app.put('/_control/fund', async (request, reply) => {
      const errors: ProblemEntry[] = [];
      const [left] = readKopecks(request.body, ['left'], errors);
      if (left === undefined) return problem(reply, 422, 'This is nothing that can be left of a fund.', errors);
      book.setFundLeft(left);
      return { fund: roubles(book.fundKopecks), left: roubles(book.fundLeftKopecks) };
    });
  };
}

/** Amounts of roubles as kopecks; an invalid amount is undefined and recorded as a fault. */
function readKopecks(body: unknown, names: readonly string[], errors: ProblemEntry[]): (number | undefined)[] {
  const fields = typeof body === 'object' && body !== null ? (body as Readonly<Record<string, unknown>>) : {};
  return names.map((name) => {
    const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
    const kopecks = typeof value === 'number' ? Math.round(value * 100) : Number.NaN;
    if (Number.isSafeInteger(kopecks) && kopecks >= 0 && kopecks / 100 === value) return kopecks;
    errors.push({ pointer: `/${name}`, detail: `${name} must be a number of roubles with at most 2 decimals.` });
    return undefined;
  });
}
