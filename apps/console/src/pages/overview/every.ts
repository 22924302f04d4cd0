import { useEffect } from 'preact/hooks';

/** Does something again and again while the page is looked at. */
export function useEvery(periodMs: number, again: () => void): void {
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') again();
    }, periodMs);
    return () => clearInterval(timer);
  }, []);
}
