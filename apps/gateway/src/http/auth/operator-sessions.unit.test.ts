import { describe, expect, it } from '@jest/globals';
import { OperatorSessions, SESSION_SECS, sessionCookie } from './operator-sessions.js';
import { digestSecret } from './same-secret.js';

const sessions = new OperatorSessions(Buffer.alloc(32, 1));
const digest = digestSecret('secret');

describe('the session of an operator', () => {
  it('is known by every process of the installation, until it expires', () => {
    const sealed = sessions.seal(digest, 1_000);
    const other = new OperatorSessions(Buffer.alloc(32, 1));
    expect(other.open(sealed, 1_000)).toEqual(digest);
    expect(other.open(sealed, SESSION_SECS * 1_000 + 2_000)).toBeUndefined();
  });

  it('is no session when it was changed, cut, or made by another installation', () => {
    const sealed = sessions.seal(digest);
    const bytes = Buffer.from(sealed, 'base64url');
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(sessions.open(changed.toString('base64url'))).toBeUndefined();
    }
    expect(sessions.open(sealed.slice(0, -2))).toBeUndefined();
    expect(sessions.open('')).toBeUndefined();
    expect(new OperatorSessions(Buffer.alloc(32, 2)).open(sealed)).toBeUndefined();
  });

  it('gives the key and its digest away to no one who reads the cookie', () => {
    const sealed = Buffer.from(sessions.seal(digest), 'base64url');
    expect(sealed.includes(digest)).toBe(false);
    expect(sessions.seal(digest)).not.toBe(sessions.seal(digest));
  });

  it('is a cookie that scripts cannot read, other sites do not send, and plain HTTP does not carry once there is HTTPS', () => {
    expect(sessionCookie('x', true)).toBe(
      `vestibule_session=x; Path=/admin; Max-Age=${SESSION_SECS}; HttpOnly; SameSite=Strict; Secure`,
    );
    expect(sessionCookie('', false)).toContain('Max-Age=0');
  });
});
