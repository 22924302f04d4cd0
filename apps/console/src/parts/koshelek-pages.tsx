import { hrefOf } from '../router.js';
import { t } from '../text/t.js';
import { useCurrentInView } from './use-current-in-view.js';

const PAGES = [
  { href: hrefOf('koshelek'), label: t('koshelek.tab.calls') },
  { href: hrefOf('koshelek', 'imports'), label: t('imports.title') },
  { href: hrefOf('koshelek', 'logins'), label: t('logins.title') },
  { href: hrefOf('koshelek', 'go-live'), label: t('golive.title') },
] as const;

/** The pages about Кошелёк. */
export function KoshelekPages() {
  const nav = useCurrentInView(location.hash);
  return (
    <nav ref={nav} class="chips" aria-label={t('koshelek.title')}>
      {PAGES.map(({ href, label }) => (
        <a key={href} href={href} {...(location.hash === href ? { 'aria-current': 'true' as const } : {})}>
          {label}
        </a>
      ))}
    </nav>
  );
}
