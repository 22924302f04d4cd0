import type { FunctionComponent } from 'preact';
import { hrefOf } from '../router.js';
import { AuditPage } from './audit.page.js';
import { CardPage } from './card.page.js';
import { CardsPage } from './cards.page.js';

/** The props of a page: the values of the `:parameters` in its path. */
export interface PageProps {
  readonly params: Readonly<Record<string, string>>;
}

/** Every page by its path behind the `#`; a new one is a file and a line here. */
export const PAGES: Readonly<Record<string, FunctionComponent<PageProps>>> = {
  '/cards': CardsPage,
  '/cards/:number': CardPage,
  '/audit': AuditPage,
};

/** The pages in the navigation, in this order. */
export const NAVIGATION = [
  { href: hrefOf('cards'), label: 'Cards' },
  { href: hrefOf('audit'), label: 'Audit' },
] as const;
