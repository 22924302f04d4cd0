import { IDEMPOTENCY_KEY } from '../../../http/idempotency-key.js';
import { sentHeader } from '../../../http/openapi/describe-calls.js';
import { named } from '../../../http/schema/schema.js';
import { ADJUSTMENT_REQUEST, CARD_QUERY, REASON_REQUEST } from '../../../loyalty/admin/card-requests.js';
import { ADJUSTED, CARD, CARD_PAGE, CARD_STATE } from '../../../loyalty/admin/card-views.js';
import { CALL_PAGE } from '../../../loyalty/calls/call-record.js';
import { CALLS_QUERY } from '../../../loyalty/calls/calls.controller.js';
import { IMPORTS, REJECTIONS } from '../../../loyalty/import/import-answers.js';
import { IMPORT_QUERY } from '../../../loyalty/import/import.controller.js';
import { ERASURE, ERASURE_PREVIEW } from '../../decisions/decision-answers.js';
import { ERASURE_PREVIEW_REQUEST, ERASURE_REQUEST } from '../../decisions/decision-requests.js';
import { FAILED_LOGINS } from '../../failed-logins.controller.js';
import { OWN_SYSTEM } from '../../own-system.controller.js';
import { GO_LIVE } from '../../go-live/go-live-answers.js';
import { RUN_REQUEST } from '../../go-live/go-live-requests.js';
import { describeAdminCalls, joinPaths } from '../describe-admin-calls.js';
import { FILE_BODY } from '../file-body.js';

const ELSEWHERE = 'cards-elsewhere';
const MISSING = 'card-not-found';
const WHY = { lost: { why: 'The holder has lost it.' } };

const LOOKING = describeAdminCalls('Loyalty programme', 'viewer', {
  'get /admin/cards': [
    'findCards',
    'Find cards',
    {
      description: 'The newest first, holders masked. The audit notes who has found which cards.',
      query: CARD_QUERY,
      answers: { 200: ['A page.', CARD_PAGE] },
      problems: [ELSEWHERE],
    },
  ],
  'get /admin/cards/{number}': [
    'lookAtCard',
    'Look at a card, its holder in clear',
    {
      description: 'The audit notes it.',
      answers: { 200: ['Everything about the card.', CARD] },
      problems: [MISSING, ELSEWHERE],
    },
  ],
  'get /admin/imports': [
    'listImports',
    'The imports of late',
    {
      description: 'The last hundred, of all processes and of the command, the newest first, also those that run.',
      answers: { 200: ['All of them.', IMPORTS] },
    },
  ],
  'get /admin/imports/{id}/rejections': [
    'listImportRejections',
    'The lines that an import has rejected',
    {
      description: 'The first ten thousand, without their values; none for an import that is not kept any more.',
      answers: { 200: ['In the order of the file.', REJECTIONS] },
    },
  ],
  'get /admin/own-system': [
    'lookAtOwnSystem',
    "The circuit breaker for the company's own system",
    { answers: { 200: ['As each process has it.', OWN_SYSTEM] } },
  ],
  'get /admin/failed-logins': [
    'listFailedLogins',
    'Wrong secrets by address, of the last day',
    { answers: { 200: ['The latest first, two hundred at most.', FAILED_LOGINS] } },
  ],
  'get /admin/go-live': [
    'lookAtGoLive',
    'What has to be true before Кошелёк calls, and the last check',
    {
      description:
        'The conditions that a gateway can see, and the last run of the conformance kit against the own public address.',
      answers: { 200: ['As it is now, also while a run is going on.', GO_LIVE] },
    },
  ],
  'get /admin/loyalty/calls': [
    'listLoyaltyCalls',
    'What Кошелёк has called lately',
    {
      description: 'The last ten thousand calls, cards masked; the newest first.',
      query: CALLS_QUERY,
      answers: { 200: ['A page.', CALL_PAGE] },
    },
  ],
});

const CHANGING = describeAdminCalls('Loyalty programme', 'operator', {
  'post /admin/cards/{number}/block': [
    'blockCard',
    'Block a card',
    {
      body: [named('CardReason', REASON_REQUEST), WHY],
      answers: { 200: ['As it is now.', CARD_STATE] },
      problems: [MISSING, ELSEWHERE],
    },
  ],
  'post /admin/cards/{number}/unblock': [
    'unblockCard',
    'End the block of a card',
    {
      body: [REASON_REQUEST, { found: { why: 'The holder has found it.' } }],
      answers: { 200: ['Active or inactive, as it was before.', CARD_STATE] },
      problems: [MISSING, ELSEWHERE],
    },
  ],
  'post /admin/cards/{number}/balance': [
    'adjustBalance',
    'Credit or debit bonuses',
    {
      headers: [
        sentHeader(
          'Idempotency-Key',
          'Another for each adjustment. A repeated call changes nothing and has `Idempotency-Replayed: true`.',
          IDEMPOTENCY_KEY,
          { required: true, example: '4b4f3c0e-7f0f-4f7e-9f0c-6a1b2f3d9a10' },
        ),
      ],
      body: [
        ADJUSTMENT_REQUEST,
        { credit: { amount: '100.50', description: 'For your patience', why: 'The till was down.' } },
      ],
      answers: {
        200: [
          'The adjustment, and the balance before and after it.',
          ADJUSTED,
          undefined,
          {
            'Idempotency-Replayed': {
              description: 'There on a repeated call.',
              schema: { type: 'string', const: 'true' },
            },
          },
        ],
      },
      problems: [
        MISSING,
        ELSEWHERE,
        'second-person-needed',
        'balance-too-low',
        'idempotency-key-missing',
        'idempotency-key-reuse',
      ],
    },
  ],
});

const ADMINISTERING = describeAdminCalls('Loyalty programme', 'admin', {
  'post /admin/import/{kind}': [
    'importFile',
    'Import a file',
    {
      description:
        'The answer is JSON lines: what was ignored, every rejected line, the totals after each batch; the last line says `done`, or why the import failed.',
      query: IMPORT_QUERY,
      answers: {
        200: [
          'JSON lines, while the import continues.',
          { type: 'string' },
          undefined,
          undefined,
          'application/x-ndjson',
        ],
      },
      problems: ['import-kind-not-found', 'file-unreadable', 'too-many-imports'],
      more: FILE_BODY,
    },
  ],
  'post /admin/go-live/runs': [
    'runGoLiveCheck',
    'Run the conformance kit against the own public address',
    {
      description:
        'In the background, one at a time; the address is that of `PUBLIC_URL`. The holders that it invents are erased behind it in the built-in programme. The audit has its begin and its end.',
      body: [RUN_REQUEST, { usual: {} }],
      answers: { 202: ['It runs.', GO_LIVE] },
      problems: ['go-live-check-running', 'go-live-check-impossible'],
    },
  ],
  'post /admin/erasures/preview': [
    'previewErasure',
    'What an erasure would take, and what would stay',
    {
      description: 'Nothing is erased. The audit notes who has looked, without the phone.',
      body: [ERASURE_PREVIEW_REQUEST, { byPhone: { phone: '+7 916 000-00-00' } }],
      answers: { 200: ['How much, table by table.', ERASURE_PREVIEW] },
    },
  ],
  'post /admin/erasures': [
    'erasePerson',
    'Erase one person, in orders and in the programme',
    {
      body: [ERASURE_REQUEST, { byPhone: { phone: '+7 916 000-00-00', why: 'The person asked for it.' } }],
      answers: { 200: ['How much has lost the person.', ERASURE] },
    },
  ],
});

export const PROGRAMME_PATHS = joinPaths(LOOKING, CHANGING, ADMINISTERING);
