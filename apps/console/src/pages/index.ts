import type { FunctionComponent } from 'preact';
import { hrefOf } from '../router.js';
import type { Role } from '../session.js';
import { t } from '../text/t.js';
import { AlertsPage } from './alerts.page.js';
import { AuditPage } from './audit.page.js';
import { CardPage } from './card.page.js';
import { CardsPage } from './cards.page.js';
import { DictionariesPage } from './dictionaries.page.js';
import { ErasurePage } from './erasure.page.js';
import { FailedLoginsPage } from './failed-logins.page.js';
import { ImportsPage } from './imports.page.js';
import { GoLivePage } from './go-live.page.js';
import { FundReportPage } from './fund-report.page.js';
import { KeysPage } from './keys.page.js';
import { KoshelekPage } from './koshelek.page.js';
import { OrderFilePage } from './order-file.page.js';
import { OrderFilesPage } from './order-files.page.js';
import { OrderPage } from './order.page.js';
import { OrdersPage } from './orders.page.js';
import { OverviewPage } from './overview.page.js';
import { PlanPage } from './plan.page.js';
import { PlansPage } from './plans.page.js';
import { ReportsPage } from './reports.page.js';
import { WaitingPage } from './waiting.page.js';

/** The props of a page: the values of the `:parameters` in its path. */
export interface PageProps {
  readonly params: Readonly<Record<string, string>>;
}

/** Every page by its path behind the `#`; a new one is a file and a line here. */
export const PAGES: Readonly<Record<string, FunctionComponent<PageProps>>> = {
  '/overview': OverviewPage,
  '/orders': OrdersPage,
  '/orders/:id': OrderPage,
  '/waiting': WaitingPage,
  '/plans': PlansPage,
  '/plans/:id': PlanPage,
  '/order-files': OrderFilesPage,
  '/order-files/:hash': OrderFilePage,
  '/cards': CardsPage,
  '/cards/:number': CardPage,
  '/cards/:number/erasure': ErasurePage,
  '/erasure': ErasurePage,
  '/alerts': AlertsPage,
  '/audit': AuditPage,
  '/koshelek': KoshelekPage,
  '/koshelek/imports': ImportsPage,
  '/koshelek/logins': FailedLoginsPage,
  '/koshelek/go-live': GoLivePage,
  '/reports': ReportsPage,
  '/reports/fund': FundReportPage,
  '/dictionaries': DictionariesPage,
  '/keys': KeysPage,
};

const READERS: readonly Role[] = ['viewer', 'operator', 'admin'];
const ADMINS: readonly Role[] = ['admin'];
const BUYERS: readonly Role[] = ['office', 'operator', 'admin'];

/** The pages in the navigation, in this order, and who is offered them; the gateway refuses the others. */
const NAVIGATION = [
  { href: hrefOf('overview'), label: t('nav.overview'), roles: READERS },
  { href: hrefOf('orders'), label: t('nav.orders'), roles: READERS },
  { href: hrefOf('order-files'), label: t('nav.files'), roles: BUYERS },
  { href: hrefOf('koshelek'), label: t('koshelek.title'), roles: READERS },
  { href: hrefOf('cards'), label: t('nav.cards'), roles: READERS },
  { href: hrefOf('reports'), label: t('reports.title'), roles: READERS },
  { href: hrefOf('dictionaries'), label: t('dictionaries.title'), roles: READERS },
  { href: hrefOf('alerts'), label: t('alerts.title'), roles: READERS },
  { href: hrefOf('audit'), label: t('nav.audit'), roles: READERS },
  { href: hrefOf('keys'), label: t('keys.title'), roles: ADMINS },
  // Bull Board, in the same session.
  { href: '/admin/queues', label: t('nav.queues'), roles: READERS },
] as const;

export function navigationFor(role: Role): readonly { readonly href: string; readonly label: string }[] {
  return NAVIGATION.filter(({ roles }) => roles.includes(role));
}
