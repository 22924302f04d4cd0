import { hrefOf } from '../router.js';
import { t } from '../text/t.js';
import { Chip, Chips } from './chips.js';

const PAGES = [
  { href: hrefOf('koshelek'), label: t('koshelek.tab.calls') },
  { href: hrefOf('koshelek', 'imports'), label: t('imports.title') },
  { href: hrefOf('koshelek', 'logins'), label: t('logins.title') },
  { href: hrefOf('koshelek', 'go-live'), label: t('golive.title') },
] as const;

/** The pages about Кошелёк. */
export function KoshelekPages() {
  return (
    <Chips label={t('koshelek.title')}>
      {PAGES.map(({ href, label }) => (
        <Chip key={href} href={href} text={label} isOn={location.hash === href} />
      ))}
    </Chips>
  );
}
