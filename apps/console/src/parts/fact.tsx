import type { ComponentChildren } from 'preact';

/** A fact in a row of facts, behind what it is called. */
export function Fact({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <span>
      <span class="quiet">{title}</span> {children}
    </span>
  );
}
