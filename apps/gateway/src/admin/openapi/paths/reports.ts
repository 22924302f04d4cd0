import type { Schema } from '../../../http/schema/schema.js';
import { CARD_TYPES, REGIONS, TARIFFS } from '../../../partner/catalog/dictionary-views.js';
import { ORDER_REPORT } from '../../reports/report-orders.js';
import { REPORT_QUERY } from '../../reports/report-requests.js';
import { describeAdminCalls } from '../describe-admin-calls.js';

const ANY_DICTIONARY: Schema = { anyOf: [TARIFFS, CARD_TYPES, REGIONS] };

/** What is counted and looked up. */
export const REPORT_PATHS = describeAdminCalls('Reports', 'viewer', {
  'get /admin/reports/orders': [
    'reportOrders',
    'Count orders, tickets and roubles by month, key and tariff',
    { query: REPORT_QUERY, answers: { 200: ['One row for each combination that has orders.', ORDER_REPORT] } },
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
