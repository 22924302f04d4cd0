import { useEffect, useRef, useState } from 'preact/hooks';
import type { TableProps } from './table.js';
import { useVirtualRows } from './use-virtual-rows.js';

export interface LongTableProps<Row> extends Omit<TableProps<Row>, 'empty' | 'keyOf'> {
  readonly keyOf: (row: Row) => string;
  /** The end of the rows comes near. */
  readonly onNearEnd: () => void;
  /** The key X or the space bar, on the row that J and K have led to. */
  readonly onMark: (row: Row) => void;
  readonly isMarked: (row: Row) => boolean;
  /** The first row that was seen when the table was shown last, and the one that is. */
  readonly first: number;
  readonly onScroll: (first: number) => void;
}

/** How many rows before the end the next ones are asked for. */
const AHEAD = 120;
const NARROW = '(max-width: 48rem)';
/** In pixels, as the style has them. */
const ROW = 45;
const CARD = 214;

/**
 * A table of any length: only the rows around the window are in the document. J and K lead from row to row, Enter follows the
 * row's link, X marks it.
 */
export function LongTable<Row>(props: LongTableProps<Row>) {
  const { caption, columns, rows: all, keyOf, onNearEnd, isMarked, first, onScroll } = props;
  const box = useRef<HTMLDivElement>(null);
  const { virtualizer, rows, padding } = useVirtualRows({
    count: all.length,
    keyAt: (index) => keyOf(all[index] as Row),
    estimate: matchMedia(NARROW).matches ? CARD : ROW,
    box,
  });
  const last = rows.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= all.length - AHEAD) onNearEnd();
  }, [last, all.length]);
  useEffect(() => {
    if (first > 0) virtualizer.scrollToIndex(first, { align: 'start' });
    const note = (): void => onScroll(virtualizer.range?.startIndex ?? 0);
    addEventListener('scroll', note, { passive: true });
    return () => removeEventListener('scroll', note);
  }, []);
  useRowKeys(props, virtualizer, box);

  return (
    <div ref={box} class="long" style={padding}>
      <table role="table" aria-rowcount={-1}>
        <caption class="for-readers">{caption}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map(({ title, isNumber, width = 'auto' }) => (
              <th
                key={title}
                role="columnheader"
                scope="col"
                class={isNumber === true ? 'number' : ''}
                style={{ width }}
              >
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map(({ index, key }) => {
            const row = all[index];
            if (row === undefined) return null;
            return (
              <tr
                key={key}
                ref={virtualizer.measureElement}
                role="row"
                data-index={index}
                aria-rowindex={index + 2}
                class={isMarked(row) ? 'marked' : ''}
              >
                {columns.map(({ title, show, isNumber }) => (
                  <td key={title} role="cell" data-title={title} class={isNumber === true ? 'number' : ''}>
                    <span>{show(row)}</span>
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

interface Scroller {
  readonly range: { readonly startIndex: number; readonly endIndex: number } | null;
  readonly scrollToIndex: (index: number) => void;
}

/** Which row the keys have led to; its link has the focus as soon as it is shown. */
function useRowKeys<Row>(
  { rows, onMark }: LongTableProps<Row>,
  scroller: Scroller,
  box: { readonly current: HTMLElement | null },
): void {
  const [active, setActive] = useState(-1);
  const isWanted = useRef(false);
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const isTyping =
        event.target instanceof HTMLElement && event.target.matches('input:not([type=checkbox]), textarea, select');
      if (isTyping || event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) return;
      // By the place of the key: on a Russian keyboard it gives another letter.
      const step = { KeyJ: 1, KeyK: -1 }[event.code];
      const row = rows[active];
      if (event.code === 'KeyX' && row !== undefined) onMark(row);
      if (step === undefined) return;
      const { startIndex = 0, endIndex = 0 } = scroller.range ?? {};
      // A reader who has scrolled away continues with what is on the screen.
      const isSeen = active >= startIndex - 1 && active <= endIndex + 1;
      const next = Math.min(Math.max(isSeen ? active + step : startIndex, 0), rows.length - 1);
      isWanted.current = true;
      setActive(next);
      scroller.scrollToIndex(next);
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [active, rows, onMark]);
  // After each rendering: the row may come into the document only later.
  useEffect(() => {
    const link = box.current?.querySelector<HTMLElement>(`tr[data-index="${active}"] a`);
    if (!isWanted.current || link === null || link === undefined) return;
    isWanted.current = false;
    link.focus({ preventScroll: true });
  });
}
