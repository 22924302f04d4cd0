import { KEY, KEY_LIST, NEW_KEY } from '../../../api-keys/key-record.js';
import { named } from '../../../http/schema/schema.js';
import { KEY_REQUEST, REVOCATION_REQUEST, ROTATION_REQUEST } from '../../keys/key-requests.js';
import { describeAdminCalls, joinPaths } from '../describe-admin-calls.js';
import { WHO_AM_I } from '../../console/console.controller.js';

/** Who is asking. */
const OWN = describeAdminCalls('Keys', 'any', {
  'get /admin/whoami': [
    'whoAmI',
    'Under which name the audit knows your key, and its role',
    { answers: { 200: ['Name and role.', WHO_AM_I] } },
  ],
});

/** The session of the operators' page. */
const SIGNING_IN = describeAdminCalls('Keys', 'any', {
  'post /admin/session': [
    'signIn',
    'Sign in to the page: the key becomes a cookie that no script reads',
    { answers: { 200: ['Name and role.', WHO_AM_I] } },
  ],
});
const SIGNING_OUT = describeAdminCalls('Keys', 'none', {
  'delete /admin/session': ['signOut', 'Sign out of the page', { answers: { 204: ['The cookie is gone.'] } }],
});

/** The keys in the database. */
const STORED = describeAdminCalls('Keys', 'admin', {
  'get /admin/keys': [
    'listKeys',
    'All keys of the database, revoked and expired ones too',
    { answers: { 200: ['None has its secret.', KEY_LIST] } },
  ],
  'post /admin/keys': [
    'makeKey',
    'Make a key',
    {
      description: 'Its secret is in this answer, and in no later one.',
      body: [
        named('KeyRequest', KEY_REQUEST),
        {
          producer: { audience: 'orders', name: 'kiosk', scopes: ['orders:write', 'orders:read'] },
          viewer: { audience: 'admin', name: 'night-shift', role: 'viewer', addresses: ['10.20.0.0/16'] },
          callbacks: { audience: 'callbacks', name: 'kiosk' },
        },
      ],
      answers: { 201: ['The key and its secret.', NEW_KEY] },
      problems: ['key-name-taken'],
    },
  ],
  'post /admin/keys/{id}/rotate': [
    'rotateKey',
    'Make a new secret for a key',
    {
      description: 'The old one opens, or signs callbacks beside the new one, for `overlapSecs` more.',
      body: [ROTATION_REQUEST, { withinTheHour: { overlapSecs: 3_600, why: 'The yearly change.' } }],
      answers: { 201: ['The new key and its secret.', NEW_KEY] },
      problems: ['key-not-found', 'key-closed'],
    },
  ],
  'post /admin/keys/{id}/revoke': [
    'revokeKey',
    'Revoke a key at once',
    {
      description: 'It opens and signs nothing from now on, in no process. A repeated call changes nothing.',
      body: [REVOCATION_REQUEST, { lost: { why: 'The secret was in a chat.' } }],
      answers: { 200: ['The key as it is now.', KEY] },
      problems: ['key-not-found'],
    },
  ],
});

export const KEY_PATHS = joinPaths(OWN, SIGNING_IN, SIGNING_OUT, STORED);
