import type { CallOptions, Known, Transport } from './transport.js';
import type { CardTypes, Regions, Tariffs } from './types.js';

/**
 * What Тройка Бизнес sells. What was fetched once is kept with its entity tag and asked about each time, so that it comes
 * over the line again only when it has changed.
 */
export class CatalogClient {
  private readonly known = new Map<string, Known>();

  constructor(private readonly transport: Transport) {}

  /** The tariffs, whose ids an order names. */
  tariffs(options: CallOptions = {}): Promise<Tariffs> {
    return this.fetch('tariffs', options);
  }

  /** The kinds of new cards. */
  cardTypes(options: CallOptions = {}): Promise<CardTypes> {
    return this.fetch('card-types', options);
  }

  /** The regions that new cards are delivered to. */
  regions(options: CallOptions = {}): Promise<Regions> {
    return this.fetch('regions', options);
  }

  private async fetch<T>(name: string, options: CallOptions): Promise<T> {
    const known = this.known.get(name);
    const { body, headers } = await this.transport.call<T>(
      { method: 'GET', path: `/catalog/${name}`, repeatable: true, ...(known === undefined ? {} : { known }) },
      options,
    );
    const etag = headers.get('etag');
    if (etag === null) return body;
    this.known.set(name, { etag, body });
    // What the caller does with it is not done to what is kept.
    return structuredClone(body);
  }
}
