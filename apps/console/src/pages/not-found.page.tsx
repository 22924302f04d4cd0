import { Page } from '../parts/page.js';
import { hrefOf } from '../router.js';
import { t } from '../text/t.js';

/** For an address that no page has. */
export function NotFoundPage() {
  return (
    <Page title={t('not-found.title')}>
      <p>
        {t('not-found.text')}
        <a href={hrefOf('overview')}>{t('not-found.link')}</a>.
      </p>
    </Page>
  );
}
