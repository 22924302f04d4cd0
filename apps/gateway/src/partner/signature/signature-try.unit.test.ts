import { createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from '@jest/globals';
import { readTryCommand } from './read-try-command.js';
import { runTryCommand } from './run-try-command.js';

/** The vendor's example order and its signature with the secret `test` (troika-business.md, "Vectors"). */
const BODY =
  '{"message":{"head":{"type":"app_create_order","terminalId":"bus_f78a8a6aa7fb3d5","languageId":"ru",' +
  '"phone":"+73946027654","time":"2022-04-22 00:21:02 +03:00"},"body":{"orderData":[{"cardNumber":"1234567890",' +
  '"currencyId":"RUB","quantity":1,"tariffId":2671,"type":"owncard"}],"phone":"+71044826548"}}}';
const SIGNATURE = 'e5347a2bd88fecf3555da82c08bec850c067cc9b';
const KEY = { TROIKA_SIGNATURE_KEY: 'test' };

const folder = mkdtempSync(join(tmpdir(), 'signature-try-'));
afterAll(() => rmSync(folder, { recursive: true }));
function sampleOf(text: string): string {
  const file = join(folder, 'sample');
  writeFileSync(file, text);
  return file;
}
const attempt = (text: string, signature: string, env: Record<string, string> = KEY) =>
  runTryCommand({ kind: 'try', sample: sampleOf(text), signature }, env);
const DOCUMENTS = ['libs/signer/README.md', 'docs/en/troika.md', 'docs/ru/troika.md'];
const readDocument = (name: string): string =>
  readFileSync(fileURLToPath(new URL(`../../../../../${name}`, import.meta.url)), 'utf8');
const EXAMPLE =
  /^\$ printf %s '(?<body>.+)' > sample\.json\n\$ TROIKA_SIGNATURE_KEY=(?<key>\S+) npm run --silent signature:try -- --sample sample\.json --signature (?<signature>\S+)\n(?<said>[^`]+)\n```/m;
const hmac = (text: string): string => createHmac('sha256', 'test').update(text).digest('hex');

describe('signature-try', () => {
  it('finds the profile of a body, also with the line end of an editor, and exits with 0', async () => {
    const settings = 'TROIKA_SIGNATURE=hmac-sha1:hex\nTROIKA_SIGNATURE_TEMPLATE={body}';
    expect(await attempt(`${BODY}\r\n`, SIGNATURE)).toEqual({ code: 0, said: settings });
  });

  it('takes the path from TROIKA_URL and the time from the envelope when the sample is a body', async () => {
    const url = { TROIKA_URL: 'https://business.example/api/v3' };
    expect((await attempt(BODY, hmac(`/api/v3${BODY}`), { ...KEY, ...url })).said).toContain('{path}{body}');
    expect((await attempt(BODY, hmac(`1650576062.${BODY}`))).said).toContain('{timestamp}.{body}');
  });

  it('takes everything from a whole HTTP message', async () => {
    const date = 'Thu, 21 Apr 2022 21:21:02 GMT';
    const signature = hmac(`POST\n/v3\n${date}\n${BODY}`);
    const head = `POST /v3?a=1 HTTP/1.1\r\nContent-Type: application/json\r\nDate: ${date}\r\nSign: ${signature}`;
    expect((await attempt(`${head}\r\n\r\n${BODY}`, signature)).said).toBe(
      'TROIKA_SIGNATURE=hmac-sha256:hex;header=Sign\nTROIKA_SIGNATURE_TEMPLATE={method}\\n{path}\\n{date}\\n{body}',
    );
  });

  it('says what to look at when nothing fits, exits with 1, and shows no key', async () => {
    const { code, said } = await attempt('{"id":1}', SIGNATURE, { TROIKA_SIGNATURE_KEY: 'a key of ours' });
    expect([code, said]).toEqual([1, expect.stringMatching(/^No profile makes this signature.*Tried: \d+/s)]);
    expect(said).not.toContain('a key of ours');
  });

  it('exits with 2 without a key, with a key file or a sample that cannot be read, and for other words', async () => {
    const missing = join(folder, 'missing');
    expect(await attempt(BODY, SIGNATURE, {})).toMatchObject({ code: 2, said: expect.stringContaining('no key') });
    expect(await attempt(BODY, SIGNATURE, { TROIKA_SIGNATURE_KEY_FILE: missing })).toMatchObject({ code: 2 });
    expect(await runTryCommand({ kind: 'try', sample: missing, signature: 'x' }, KEY)).toMatchObject({ code: 2 });
    for (const words of [[], ['--sample', 'x'], ['--signature', 'x'], ['--key', 'test'], ['test']]) {
      expect(readTryCommand(words)).toMatchObject({ kind: 'fault' });
    }
  });

  it.each(DOCUMENTS)('does what %s shows', async (document) => {
    const { body = '', key = '', signature = '', said } = EXAMPLE.exec(readDocument(document))?.groups ?? {};
    const outcome = await attempt(body, signature, { TROIKA_SIGNATURE_KEY: key });
    expect(outcome).toEqual({ code: 0, said: expect.stringMatching(/^TROIKA_SIGNATURE=/) });
    // The setting-up before it and further profiles after it are not shown.
    expect(outcome.said.startsWith(said ?? 'no example')).toBe(true);
  });
});
