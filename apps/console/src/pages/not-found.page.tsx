import { Page } from '../parts/page.js';
import { hrefOf } from '../router.js';

/** For an address that no page has. */
export function NotFoundPage() {
  return (
    <Page title="No such page">
      <p>
        Nothing stands at this address. Continue with the <a href={hrefOf('cards')}>cards</a>.
      </p>
    </Page>
  );
}
