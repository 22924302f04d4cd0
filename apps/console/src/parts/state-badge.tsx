import type { CardState } from '../api/cards.js';

/** A card's state; the word says it, the colour helps. */
export function StateBadge({ state }: { state: CardState }) {
  return <span class={`badge badge-${state}`}>{state}</span>;
}
