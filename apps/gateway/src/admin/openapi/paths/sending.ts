import { TARGET_LIST } from '../../../alerts/outbox/target-records.js';
import { TESTED_TARGETS } from '../../../alerts/alert-tester.js';
import { OPERATOR_EVENT_PAGE } from '../../../operator-events/operator-events.js';
import { RESUME_RESULT, SENDING_REPORT } from '../../../orders/sending/guard/sending-report.js';
import { TEST_ALERT_REQUEST } from '../../alerts/alerts.controller.js';
import { AUDIT_PAGE } from '../../audit/audit-log.js';
import { AUDIT_QUERY } from '../../audit/audit-query.js';
import { EVENTS_QUERY } from '../../operator-events.controller.js';
import { OVERVIEW, OVERVIEW_QUERY } from '../../overview/overview.controller.js';
import { RESUME_REQUEST, STOP_REQUEST } from '../../sending/sending-requests.js';
import { text } from '../../../http/schema/schema.js';
import { describeAdminCalls, joinPaths } from '../describe-admin-calls.js';

const READING = describeAdminCalls('Sending', 'viewer', {
  'get /admin/sending': [
    'describeSending',
    'Whether orders are sent, and if not, why',
    { answers: { 200: ['Every reason for waiting orders, and every process that sends.', SENDING_REPORT] } },
  ],
});
const BRAKE = describeAdminCalls('Sending', 'operator', {
  'post /admin/sending/stop': [
    'stopSending',
    'Stop sending in all processes',
    {
      description: 'Orders are still accepted, and wait. A repeated call changes nothing.',
      body: [STOP_REQUEST, { byHand: { why: 'Тройка Бизнес asked us to wait.' } }],
      answers: { 200: ['As it is now.', SENDING_REPORT] },
    },
  ],
  'post /admin/sending/resume': [
    'resumeSending',
    'Send again',
    {
      description: 'After a restored backup say until when orders were sent: those become unknown.',
      body: [RESUME_REQUEST, { byHand: { why: 'Тройка Бизнес is ready.' } }],
      answers: { 200: ['As it is now, and what was changed.', RESUME_RESULT] },
    },
  ],
});

const SEEING = describeAdminCalls('What happened', 'viewer', {
  'get /admin/overview': [
    'showOverview',
    'The last hours in figures',
    {
      description:
        'Calls in both directions, the guarantee fund, the rate limiter, and what the orders cost that wait for a person. ' +
        'Kept in the ledger, one row for each minute and class of durations; deleted after three days.',
      query: OVERVIEW_QUERY,
      answers: { 200: ['The figures.', OVERVIEW] },
    },
  ],
  'get /admin/events': [
    'listOperatorEvents',
    'What a person has to know',
    {
      description: 'The newest first. The runbook has an entry for each kind.',
      query: EVENTS_QUERY,
      answers: { 200: ['A page.', OPERATOR_EVENT_PAGE] },
    },
  ],
  'get /admin/audit': [
    'listAudit',
    'Who changed or looked at what',
    {
      description: 'The newest first. With `Accept: text/csv` everything that the filter finds, as a file.',
      query: AUDIT_QUERY,
      answers: { 200: ['A page.', AUDIT_PAGE] },
      other: { 'text/csv': { schema: text('A line for each entry.') } },
    },
  ],
  'get /admin/alerts': [
    'listAlertTargets',
    'Where alerts go, and what waits there',
    { answers: { 200: ['Every target, never its address.', TARGET_LIST] } },
  ],
});
const ALERTS = describeAdminCalls('What happened', 'operator', {
  'post /admin/alerts/test': [
    'testAlerts',
    'Send a test to every target of alerts',
    {
      body: [TEST_ALERT_REQUEST, { because: { why: 'A new target.' } }],
      answers: { 200: ['What came back from each.', TESTED_TARGETS] },
      problems: ['no-alert-targets'],
    },
  ],
});

export const SENDING_PATHS = joinPaths(READING, BRAKE, SEEING, ALERTS);
