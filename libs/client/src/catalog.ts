import type { CallOptions, Known, Transport } from './transport.js';
import type { CardTypes, Regions, Tariffs } from './types.js';

/**
 * The catalogue of Тройка Бизнес. A fetched dictionary is cached with its entity tag and revalidated on each call, so
 * that it is transferred again only when it has changed.
 */
export class CatalogClient {
  private readonly known = new Map<string, Known>();

  constructor(private readonly transport: Transport) {}

  /** The tariffs; an order names their ids. */
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
    // A copy, so that the caller cannot change the cache.
    return structuredClone(body);
  }
}
