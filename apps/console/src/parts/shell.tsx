import type { ComponentChildren } from 'preact';
import { navigationFor } from '../pages/index.js';
import { signOut } from '../api/session.js';
import type { Session } from '../session.js';
import { chooseLanguage, language, LANGUAGES, type Language } from '../text/language.js';
import { t } from '../text/t.js';
import { Shortcuts } from './shortcuts.js';
import { useCurrentInView } from './use-current-in-view.js';

/** The frame of every page: the navigation and the signed-in name. */
export function Shell({ session, hash, children }: { session: Session; hash: string; children: ComponentChildren }) {
  const nav = useCurrentInView(hash);
  return (
    <>
      <button type="button" class="skip" onClick={() => document.querySelector<HTMLElement>('h1')?.focus()}>
        {t('shell.skip')}
      </button>
      <header>
        <span class="brand">Vestibule</span>
        <nav ref={nav} aria-label={t('shell.pages')}>
          {navigationFor(session.role).map(({ href, label }) => (
            <a key={href} href={href} {...(isOn(hash, href) ? { 'aria-current': 'page' as const } : {})}>
              {label}
            </a>
          ))}
        </nav>
        <div class="who">
          <span>
            <span class="quiet signed-in">{t('shell.signed-in')}</span>
            {session.name}
          </span>
          <LanguageChoice />
          <button type="button" onClick={() => void signOut()}>
            {t('shell.sign-out')}
          </button>
        </div>
      </header>
      {children}
      <Shortcuts />
    </>
  );
}

/** Also on a page below it; `#/order-files` is not below `#/orders`. */
function isOn(hash: string, href: string): boolean {
  return hash === href || [`${href}/`, `${href}?`].some((start) => hash.startsWith(start));
}

function LanguageChoice() {
  return (
    <select
      class="language"
      aria-label={t('shell.language')}
      onChange={(event) => chooseLanguage(event.currentTarget.value as Language)}
    >
      {Object.entries(LANGUAGES).map(([code, name]) => (
        <option key={code} value={code} selected={code === language}>
          {name}
        </option>
      ))}
    </select>
  );
}
