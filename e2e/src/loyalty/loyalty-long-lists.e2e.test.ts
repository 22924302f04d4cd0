import { beforeAll, describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { withGateway } from '../harness/with-gateway.js';

/** Memory does not depend on it: a million was measured the same. */
const PHONES = 250_000;
const AT_ONCE = 10;
const MOST_MEMORY_MIB = 300;
const AUTHORIZATION = { authorization: `Basic ${btoa('wallet:test-wallet-password')}` };

describe('a list of hundreds of thousands of phones', () => {
  const { gateway, database, proxy } = withGateway({ proxied: true, env: { ROLES: 'loyalty' } });

  beforeAll(async () => {
    await database.pool.query(`
      with member as (insert into members (msisdn) values ('79160000001') returning id)
      insert into cards (number, member_id, barcode, barcode_type) select '0001', id, '1', 'CODE_128' from member;
      insert into special_phones (phone) select '7' || (9000000000 + n) from generate_series(1, ${PHONES}) as n;
      insert into special_phone_params select phone, 1, 'level', 'gold' from special_phones where phone > '79000125000';
      insert into purchases (card_number, bought_at, item, amount, quantity)
      select '0001', timestamp '2026-01-01' + n / 3 * interval '1 minute', 'Товар ' || n, n, 1
        from generate_series(1, 5500) as n;
      analyze special_phones, special_phone_params, purchases`);
  }, 180_000);

  const open = (path: string): Promise<Response> => fetch(`${gateway.publicUrl}/v1${path}`, { headers: AUTHORIZATION });

  /** Reads a whole answer and keeps only its beginning and its end. */
  async function measure(path: string): Promise<{ bytes: number; head: string; tail: string; type: string | null }> {
    const response = await open(path);
    let [bytes, head, tail] = [0, '', ''];
    const decoder = new TextDecoder();
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      const text = decoder.decode(chunk, { stream: true });
      bytes += chunk.length;
      if (head === '') head = text.slice(0, 15);
      tail = (tail + text).slice(-70);
    }
    return { bytes, head, tail, type: response.headers.get('content-type') };
  }

  /** The peak memory of the gateway, in MiB. */
  async function peakMemory(): Promise<number> {
    const status = await readFile(`/proc/${gateway.child.pid}/status`, 'utf8');
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024;
  }

  it(`is answered ${AT_ONCE} times at once in less than ${MOST_MEMORY_MIB} MiB, while every search is answered as well`, async () => {
    const read = new AbortController();
    const searches: string[] = [];
    const searching = (async () => {
      while (!read.signal.aborted) searches.push(await (await open('/card?msisdn=79160000001')).text());
    })();
    const lists = [...Array.from({ length: AT_ONCE - 1 }, () => '/card/getAllUsers'), '/card/getAllUsersExtended'];
    const answers = await Promise.all(lists.map(measure));
    read.abort();
    await searching;
    const extended = answers.pop();
    for (const { bytes, head, tail, type } of answers) {
      expect(type).toBe('application/json; charset=utf-8;');
      expect([bytes, head, tail.slice(-14)]).toEqual([PHONES * 14 + 1, '["79000000001",', `"79000250000"]`]);
    }
    expect(extended?.head).toBe('[{"phone":"7900');
    expect(extended?.tail).toContain('{"phone":"79000250000","params":[{"name":"level","value":"gold"}]}]');
    expect(searches.length).toBeGreaterThan(0);
    expect(searches.filter((text) => !text.startsWith('{"card":{"cardNumber":"0001"'))).toEqual([]);
    expect(await peakMemory()).toBeLessThan(MOST_MEMORY_MIB);
  }, 240_000);

  it('is read by a caller as slow as he likes, who may hang up at any time', async () => {
    const response = await open('/card/getAllUsers');
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    expect(new TextDecoder().decode((await reader.read()).value)).toMatch(/^\["79000000001",/);
    await reader.cancel();
    expect(await (await open('/card?msisdn=79160000001')).text()).toContain('"0001"');
  });

  it('is the same for purchases: every line once, in order, also where many have the same time', async () => {
    const lines = (await (await open('/card/0001/purchases?startDate=2026-01-01')).json()) as { amount: string }[];
    expect(lines.map(({ amount }) => Number(amount))).toEqual(Array.from({ length: 5500 }, (_, at) => at + 1));
  });

  it('is an error when the database is away before the first byte, and aborts when it disappears later', async () => {
    const response = await open('/card/getAllUsers');
    expect(response.status).toBe(200);
    await proxy.cut();
    await expect(response.text()).rejects.toThrow();
    const answer = await open('/card/getAllUsers');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([422, 'application/json; charset=utf-8;']);
    expect(await answer.json()).toMatchObject({ code: '9001' });
  });
});
