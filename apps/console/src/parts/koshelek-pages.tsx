import { hrefOf } from '../router.js';
import { t } from '../text/t.js';

const PAGES = [
  { href: hrefOf('koshelek'), label: t('koshelek.tab.calls') },
  { href: hrefOf('koshelek', 'imports'), label: t('imports.title') },
  { href: hrefOf('koshelek', 'logins'), label: t('logins.title') },
  { href: hrefOf('koshelek', 'go-live'), label: t('golive.title') },
] as const;

/** The pages about Кошелёк. */
export function KoshelekPages() {
  return (
    <nav class="chips" aria-label={t('koshelek.title')}>
      {PAGES.map(({ href, label }) => (
        <a key={href} href={href} {...(location.hash === href ? { 'aria-current': 'true' as const } : {})}>
          {label}
        </a>
      ))}
    </nav>
  );
}
