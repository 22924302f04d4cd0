import type { CardState } from '../api/cards.js';
import { tWord } from '../text/t.js';

/** A card's state, in words and with a colour. */
export function StateBadge({ state }: { state: CardState }) {
  return <span class={`badge badge-${state}`}>{tWord('card.state', state)}</span>;
}
