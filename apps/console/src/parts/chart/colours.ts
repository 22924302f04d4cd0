import { useEffect, useState } from 'preact/hooks';

/** A colour of the theme, by its name in the styles. */
export type ThemeColour = 'accent' | 'bad' | 'warn' | 'quiet' | 'line';
export type Colours = Readonly<Record<ThemeColour, string>>;

const NAMES: readonly ThemeColour[] = ['accent', 'bad', 'warn', 'quiet', 'line'];

/** What the colours are at the moment, for a canvas, which knows no variables. */
export function readColours(near: HTMLElement): Colours {
  const probe = document.createElement('span');
  near.append(probe);
  const colours = NAMES.map((name) => {
    probe.style.color = `var(--${name})`;
    return [name, getComputedStyle(probe).color] as const;
  });
  probe.remove();
  return Object.fromEntries(colours) as Colours;
}

/** Whether the scheme is dark; it changes with the setting of the system. */
export function useIsDark(): boolean {
  const [dark] = useState(() => matchMedia('(prefers-color-scheme: dark)'));
  const [isDark, setDark] = useState(dark.matches);
  useEffect(() => {
    const follow = (): void => setDark(dark.matches);
    dark.addEventListener('change', follow);
    return () => dark.removeEventListener('change', follow);
  }, [dark]);
  return isDark;
}
