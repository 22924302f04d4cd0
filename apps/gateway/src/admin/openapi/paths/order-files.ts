import { integer, listOf, named, object, oneOf, text } from '../../../http/schema/schema.js';
import { PLACE_QUERY, TEMPLATE_QUERY } from '../../order-files/order-file-requests.js';
import { FILE_LIST, FILE_PROGRESS, PLACED_LINES } from '../../order-files/order-files-store.js';
import { XLSX } from '../../workbooks/write-workbook.js';
import { describeAdminCalls } from '../describe-admin-calls.js';
import { BYTES, FILE_BODY } from '../file-body.js';

const CHECKED_FILE = named('CheckedFile', {
  type: 'object',
  additionalProperties: true,
  description: 'Each line with its faults and what is there of it already, what the file costs, and the fund.',
});
const PLACED_FILE = named(
  'PlacedFile',
  object({
    progress: FILE_PROGRESS,
    refused: listOf(
      object({
        line: integer('The line of the file.', { minimum: 1 }),
        reason: oneOf(['key-reused', 'faulty', 'over-budget'], 'Why it was not placed.'),
      }),
      { description: 'Lines that were checked well, and refused when they were placed.' },
    ),
  }),
);

/** Orders from spreadsheets; everything is about the caller's own files. */
export const ORDER_FILE_PATHS = describeAdminCalls('Orders from files', 'office', {
  'get /admin/order-files/template': [
    'getOrderFileTemplate',
    'An empty file to fill in',
    {
      query: TEMPLATE_QUERY,
      answers: { 200: ['A workbook with the tariffs as a list, or CSV.', BYTES, undefined, undefined, XLSX] },
      other: { 'text/csv': { schema: text('The titles of the columns.') } },
    },
  ],
  'post /admin/order-files/check': [
    'checkOrderFile',
    'Check a file line by line',
    {
      description: 'Nothing is placed.',
      answers: { 200: ['What placing it would come to.', CHECKED_FILE] },
      problems: ['file-unreadable'],
      more: FILE_BODY,
    },
  ],
  'post /admin/order-files': [
    'placeOrderFile',
    'Place the orders of a file',
    {
      description: 'The lines without faults; the same file again places nothing twice.',
      query: PLACE_QUERY,
      answers: { 200: ['How far it has come.', PLACED_FILE] },
      problems: ['file-unreadable'],
      more: FILE_BODY,
    },
  ],
  'get /admin/order-files': [
    'listOrderFiles',
    'Your last files',
    { answers: { 200: ['The newest first.', FILE_LIST] } },
  ],
  'get /admin/order-files/{hash}': [
    'getOrderFile',
    'How far a file has come',
    { answers: { 200: ['The file.', FILE_PROGRESS] }, problems: ['order-file-not-found'] },
  ],
  'get /admin/order-files/{hash}/lines': [
    'listOrderFileLines',
    'The order of each line',
    { answers: { 200: ['None for a file that you have not placed.', PLACED_LINES] } },
  ],
});
