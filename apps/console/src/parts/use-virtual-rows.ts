import { observeWindowOffset, observeWindowRect, Virtualizer, windowScroll } from '@tanstack/virtual-core';
import type { RefObject } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';

const OVERSCAN = 15;

export interface VirtualRowsOptions {
  readonly count: number;
  readonly keyAt: (index: number) => string;
  /** In pixels, until a row was measured. */
  readonly estimate: number;
  /** Around all rows: it gets the height of those that are not there. */
  readonly box: RefObject<HTMLElement | null>;
}

/** The rows of a long list that are near the window, which scrolls; all others are only height. */
export function useVirtualRows({ count, keyAt, estimate, box }: VirtualRowsOptions) {
  const [, render] = useState(0);
  const [margin, setMargin] = useState(0);
  const options = {
    count,
    getItemKey: keyAt,
    estimateSize: () => estimate,
    overscan: OVERSCAN,
    scrollMargin: margin,
    // What is fixed at the window's edges.
    scrollPaddingStart: 48,
    scrollPaddingEnd: 80,
    getScrollElement: () => window,
    observeElementRect: observeWindowRect,
    observeElementOffset: observeWindowOffset,
    scrollToFn: windowScroll,
    onChange: () => render((renderings) => renderings + 1),
  };
  const [virtualizer] = useState(() => new Virtualizer<Window, HTMLElement>(options));
  virtualizer.setOptions(options);
  useLayoutEffect(() => virtualizer._didMount(), []);
  useLayoutEffect(() => {
    virtualizer._willUpdate();
    const rows = box.current?.querySelector('tbody');
    if (rows === undefined || rows === null) return;
    const padding = Number.parseFloat(box.current?.style.paddingTop ?? '0') || 0;
    const top = Math.round(rows.getBoundingClientRect().top + window.scrollY - padding);
    if (top !== margin) setMargin(top);
  });

  const rows = virtualizer.getVirtualItems();
  const above = (rows[0]?.start ?? margin) - margin;
  const below = Math.max(virtualizer.getTotalSize() - ((rows.at(-1)?.end ?? margin) - margin), 0);
  return { virtualizer, rows, padding: { paddingTop: `${above}px`, paddingBottom: `${below}px` } };
}
