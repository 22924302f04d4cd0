import type { FunctionComponent } from 'preact';
import { hrefOf } from '../router.js';
import { t } from '../text/t.js';
import { AuditPage } from './audit.page.js';
import { CardPage } from './card.page.js';
import { CardsPage } from './cards.page.js';
import { OrderPage } from './order.page.js';
import { OrdersPage } from './orders.page.js';
import { OverviewPage } from './overview.page.js';

/** The props of a page: the values of the `:parameters` in its path. */
export interface PageProps {
  readonly params: Readonly<Record<string, string>>;
}

/** Every page by its path behind the `#`; a new one is a file and a line here. */
export const PAGES: Readonly<Record<string, FunctionComponent<PageProps>>> = {
  '/overview': OverviewPage,
  '/orders': OrdersPage,
  '/orders/:id': OrderPage,
  '/cards': CardsPage,
  '/cards/:number': CardPage,
  '/audit': AuditPage,
};

/** The pages in the navigation, in this order. */
export const NAVIGATION = [
  { href: hrefOf('overview'), label: t('nav.overview') },
  { href: hrefOf('orders'), label: t('nav.orders') },
  { href: hrefOf('cards'), label: t('nav.cards') },
  { href: hrefOf('audit'), label: t('nav.audit') },
  // Bull Board, which takes the key from this tab's session.
  { href: '/admin/queues', label: t('nav.queues') },
] as const;
