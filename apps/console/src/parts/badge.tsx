import { tWord } from '../text/t.js';

/** A word of the gateway, in the reader's language and with a colour. @param of what kind of word, such as `status` */
export function Badge({
  of,
  word,
}: {
  of:
    | 'status'
    | 'severity'
    | 'card.state'
    | 'key.state'
    | 'golive.state'
    | 'imports.outcome'
    | 'breaker.state'
    | 'golive.outcome';
  word: string;
}) {
  return <span class={`badge badge-${word}`}>{tWord(of, word)}</span>;
}
