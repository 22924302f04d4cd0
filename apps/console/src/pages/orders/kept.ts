import type { ListedOrder } from './listed-order.js';
import type { Finding } from './find.js';

/** A list as far as it was loaded, for the way back from an order. */
export interface KeptList {
  /** Of which filter and finding. */
  readonly of: string;
  readonly orders: readonly ListedOrder[];
  readonly cursor: string | null;
}

let list: KeptList | undefined;
/** Which row of which list was the first that was seen. */
let seen = { of: '', first: 0 };
const keys = new Set<string>();
let finding: Finding | undefined;
let selected: ReadonlyMap<string, ListedOrder> = new Map();

/** In memory only: the address must not have a phone, and a reload begins again. */
export const kept = {
  list: (of: string): KeptList | undefined => (list?.of === of ? list : undefined),
  keepList: (next: KeptList): void => {
    list = next;
  },
  first: (of: string): number => (seen.of === of && list?.of === of ? seen.first : 0),
  keepFirst: (of: string, first: number): void => {
    seen = { of, first };
  },
  /** The keys whose orders were seen, and one that the address has. */
  keys: (also: string | undefined): readonly string[] => {
    if (also !== undefined) keys.add(also);
    return [...keys].sort();
  },
  noteKeys: (orders: readonly ListedOrder[]): void => {
    for (const { placedBy } of orders) if (placedBy !== null) keys.add(placedBy);
  },
  finding: (): Finding | undefined => finding,
  keepFinding: (next: Finding | undefined): void => {
    finding = next;
  },
  selected: (): ReadonlyMap<string, ListedOrder> => selected,
  keepSelected: (next: ReadonlyMap<string, ListedOrder>): void => {
    selected = next;
  },
};

/** Something was decided: what the list says of orders may not be so any more. */
export function forgetList(): void {
  list = undefined;
  selected = new Map();
}
