import type { ComponentChildren } from 'preact';
import { useCurrentInView } from './use-current-in-view.js';

/** A row of chips, each an address. @param title what stands before them, where it is to be seen too */
export function Chips({ label, title, children }: { label: string; title?: string; children: ComponentChildren }) {
  const nav = useCurrentInView(location.hash);
  return (
    <nav ref={nav} class="chips" aria-label={label}>
      {title !== undefined && <span class="quiet">{title}</span>}
      {children}
    </nav>
  );
}

export function Chip({ href, text, isOn }: { href: string; text: string; isOn: boolean }) {
  return (
    <a href={href} {...(isOn ? { 'aria-current': 'true' as const } : {})}>
      {text}
    </a>
  );
}
