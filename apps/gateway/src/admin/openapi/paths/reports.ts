import { text, type Schema } from '../../../http/schema/schema.js';
import { CARD_TYPES, REGIONS, TARIFFS } from '../../../partner/catalog/dictionary-views.js';
import { ORDER_REPORT } from '../../reports/report-orders.js';
import { FUND_QUERY, REPORT_QUERY } from '../../reports/report-requests.js';
import { FUND_REPORT } from '../../reports/fund/fund-report.js';
import { XLSX } from '../../workbooks/write-workbook.js';
import { describeAdminCalls } from '../describe-admin-calls.js';
import { BYTES } from '../file-body.js';

const AS_FILES = 'With `Accept` also as a file, its titles in the language of `Accept-Language`.';
const FILES = { 'text/csv': { schema: text('A line each.') }, [XLSX]: { schema: BYTES } };
const ANY_DICTIONARY: Schema = { anyOf: [TARIFFS, CARD_TYPES, REGIONS] };

/** What is counted and looked up. */
export const REPORT_PATHS = describeAdminCalls('Reports', 'viewer', {
  'get /admin/reports/orders': [
    'reportOrders',
    'Count orders, tickets and roubles by month, key and tariff',
    {
      description: AS_FILES,
      query: REPORT_QUERY,
      answers: { 200: ['One row for each combination that has orders.', ORDER_REPORT] },
      other: FILES,
    },
  ],
  'get /admin/reports/fund': [
    'reconcileFund',
    'Hold what the guarantee fund has lost against what the ledger explains',
    {
      description: `Between the last readings of each day or hour. Readings are kept whole for 30 days, and one of each hour for 400. ${AS_FILES}`,
      query: FUND_QUERY,
      answers: { 200: ['Nothing to compare without two readings.', FUND_REPORT] },
      other: FILES,
    },
  ],
  'get /admin/dictionaries/{name}': [
    'showDictionary',
    'A dictionary of Тройка Бизнес',
    {
      description: 'The same as producers read under `/catalog`.',
      answers: { 200: ['The whole dictionary.', ANY_DICTIONARY] },
      problems: ['dictionary-not-found', 'not-read-yet'],
    },
  ],
});
