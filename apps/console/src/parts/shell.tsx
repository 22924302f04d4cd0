import type { ComponentChildren } from 'preact';
import { NAVIGATION } from '../pages/index.js';
import { signOut, type Session } from '../session.js';

/** The frame of every page: the navigation and the signed-in name. */
export function Shell({ session, hash, children }: { session: Session; hash: string; children: ComponentChildren }) {
  return (
    <>
      <button type="button" class="skip" onClick={() => document.querySelector<HTMLElement>('h1')?.focus()}>
        Skip to the content
      </button>
      <header>
        <span class="brand">Vestibule</span>
        <nav aria-label="Pages">
          {NAVIGATION.map(({ href, label }) => (
            <a key={href} href={href} {...(hash.startsWith(href) ? { 'aria-current': 'page' as const } : {})}>
              {label}
            </a>
          ))}
        </nav>
        <div class="who">
          <span>
            <span class="quiet signed-in">Signed in as </span>
            {session.name}
          </span>
          <button type="button" onClick={() => signOut()}>
            Sign out
          </button>
        </div>
      </header>
      {children}
    </>
  );
}
