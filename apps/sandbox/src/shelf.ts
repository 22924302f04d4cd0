import { TARIFFS, type DictionaryTariff } from './dictionary.js';

/** The tariffs that are on sale at this moment: the dictionary, until a test or a demo changes a price or takes one away. */
export class Shelf {
  private tariffs = new Map(TARIFFS);

  /** In the dictionary's order. */
  onSale(): DictionaryTariff[] {
    return [...TARIFFS.keys()].flatMap((id) => this.tariffs.get(id) ?? []);
  }

  tariff(id: number): DictionaryTariff | undefined {
    return this.tariffs.get(id);
  }

  /**
   * Changes the price of a tariff of the dictionary, also of a removed one.
   * @returns false for an unknown tariff
   */
  sell(id: number, price: Pick<DictionaryTariff, 'priceMinKopecks' | 'priceMaxKopecks'>): boolean {
    const known = TARIFFS.get(id);
    if (known === undefined) return false;
    this.tariffs.set(id, { ...known, ...price });
    return true;
  }

  /** @returns false when it is not on sale */
  takeAway(id: number): boolean {
    return this.tariffs.delete(id);
  }

  /** The dictionary again. */
  restore(): void {
    this.tariffs = new Map(TARIFFS);
  }
}
