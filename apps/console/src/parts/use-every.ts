import { useEffect } from 'preact/hooks';

/** Does something again and again while the page is looked at, or only as long as that is wanted. */
export function useEvery(periodMs: number, again: () => void, isWanted = true): void {
  useEffect(() => {
    if (!isWanted) return undefined;
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') again();
    }, periodMs);
    return () => clearInterval(timer);
  }, [isWanted]);
}
