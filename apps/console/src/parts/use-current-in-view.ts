import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/** Shows the current page of a navigation that is wider than the window. @param current what it changes with */
export function useCurrentInView(current: string): RefObject<HTMLElement | null> {
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    const link = nav.current?.querySelector('[aria-current]');
    if (nav.current === null || link == null) return;
    const [frame, shown] = [nav.current.getBoundingClientRect(), link.getBoundingClientRect()];
    // Not by scrollIntoView: a long page below keeps its place.
    nav.current.scrollBy({ left: shown.left + shown.width / 2 - frame.left - frame.width / 2 });
  }, [current]);
  return nav;
}
