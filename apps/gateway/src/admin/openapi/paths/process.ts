import { header, IF_NONE_MATCH } from '../../../http/openapi/describe-calls.js';
import { text } from '../../../http/schema/schema.js';
import { HEALTH_REPORT, LIVE, PARTS_REPORT } from '../../health-report.js';
import { describeAdminCalls, joinPaths } from '../describe-admin-calls.js';

const ETAG = { ETag: header('Changes with the document.') };

const PROBES = describeAdminCalls('Process', 'none', {
  'get /admin/health': [
    'showHealth',
    'Every part of this process',
    {
      description: 'Whether it answers, since when, and what that means.',
      answers: { 200: ['All parts.', PARTS_REPORT] },
    },
  ],
  'get /admin/health/live': [
    'isLive',
    'Whether the process runs',
    { answers: { 200: ['It does, and its event loop is not blocked.', LIVE] } },
  ],
  'get /admin/health/ready': [
    'isReady',
    'Whether the process can do its work',
    { answers: { 200: ['It can.', HEALTH_REPORT], 503: ['The database is out of reach.', HEALTH_REPORT] } },
  ],
  'get /admin/openapi.json': [
    'getAdminOpenapi',
    'This document',
    {
      headers: [IF_NONE_MATCH],
      answers: {
        200: ['OpenAPI 3.1.', { type: 'object', additionalProperties: true }, undefined, ETAG],
        304: ['What you have is still the same.', undefined, undefined, ETAG],
      },
    },
  ],
});

const METRICS = describeAdminCalls('Process', 'viewer', {
  'get /admin/metrics': [
    'exposeMetrics',
    'The metrics of this process, for Prometheus',
    { answers: { 200: ['Text.', text('Metrics.'), undefined, undefined, 'text/plain'] } },
  ],
});

export const PROCESS_PATHS = joinPaths(PROBES, METRICS);
