import { describe, expect, it } from '@jest/globals';
import { explainStartFailure } from './explain.js';

const failure = (message: string, code?: string): Error => Object.assign(new Error(message), { code });

describe('a start that failed', () => {
  it.each([
    ['permission denied for schema public', '42501', 'GRANT'],
    ['permission denied for database x', '42501', 'GRANT CREATE ON DATABASE'],
    ['cannot execute CREATE TABLE in a read-only transaction', '25006', 'standby'],
    ['self-signed certificate', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'sslrootcert'],
    ['unsupported startup parameter: options', '08P01', 'pooler'],
    ['The server does not support SSL connections', undefined, 'sslmode'],
    ['sorry, too many clients already', '53300', 'max_connections'],
    ['timeout expired', undefined, 'firewall'],
    ['getaddrinfo ENOTFOUND nowhere', 'ENOTFOUND', 'check the address'],
  ])('with "%s" names the variable and what to do', (message, code, remedy) => {
    const said = explainStartFailure(failure(message, code));
    expect(said).toMatch(/DATABASE_URL/);
    expect(said).toContain(remedy);
    expect(said).not.toContain('\n');
  });
});
