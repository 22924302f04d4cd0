import { describe, expect, it } from '@jest/globals';
import { read } from '../harness/admin.js';
import { postOrder, untilStatus, type OrderView } from '../harness/api.js';
import type { GatewayProcess } from '../harness/gateway-process.js';
import { queueChoices } from '../harness/queues.js';
import { callCounts, executedOrders } from '../harness/sandbox.js';
import { until } from '../harness/until.js';
import { withGateway } from '../harness/with-gateway.js';
import { canSetClocks, wrongClock } from '../harness/wrong-clock.js';

const ORDERS = 12;
const RATE = 50;
/** Counts the slots that the rate limiter gives, to whatever process. */
const COUNT_SLOTS = `
create table slots_given (slots float8 not null);
create function count_slots() returns trigger language plpgsql as $$
begin
  insert into slots_given
  values (${RATE} * extract(epoch from new.next_call_at - greatest(old.next_call_at, now())));
  return null;
end $$;
create trigger count_slots after update on partner_pace for each row execute function count_slots();`;
const OFFSETS = canSetClocks() ? ['+10m', '-10m', '+1d', '-1d'] : [];

interface Sending {
  readonly workers: readonly { pid: number; heldBecause: readonly string[] }[];
}

describe.each(queueChoices())('workers and their clocks, with the queue on $queue', (queue) => {
  const { database, sandbox, start } = withGateway({
    queue,
    sandbox: true,
    env: {
      TROIKA_RATE_PER_SECOND: String(RATE),
      TROIKA_RETRY_SCHEDULE_SECS: '1,1,1,1,1,1,1,1',
      SWEEP_GRACE_MS: '1000',
    },
    running: false,
    isolated: true,
  });

  async function sendAll(gateway: GatewayProcess): Promise<void> {
    const posted = await Promise.all(
      Array.from({ length: ORDERS }, async () => (await (await postOrder(gateway)).json()) as OrderView),
    );
    for (const { id } of posted) await untilStatus(gateway, id, 'confirmed');
  }
  const callsMade = async (): Promise<number> =>
    Object.values(await callCounts(sandbox)).reduce((sum, calls) => sum + calls, 0);
  const slotsGiven = async (): Promise<number> => {
    const { rows } = await database.pool.query<{ slots: number }>(
      'select coalesce(round(sum(slots)), 0)::int as slots from slots_given',
    );
    return rows[0]?.slots ?? 0;
  };
  const attemptsOf = ({ log }: GatewayProcess): number => log.filter(({ msg }) => msg === 'attempt').length;
  const eventsOf = async (gateway: GatewayProcess, kind: string): Promise<{ message: string }[]> =>
    (await read<{ events: { message: string }[] }>(gateway, `/events?kind=${kind}`)).body.events;

  it('reports the skew of a correct clock', async () => {
    const gateway = await start();
    const response = await fetch(`${gateway.internalUrl}/admin/metrics`, {
      headers: { authorization: 'Bearer test-admin-key' },
    });
    expect(await response.text()).toMatch(/vestibule_clock_skew_seconds\{against="database"\} -?0(\.\d+)?/);
    expect(await eventsOf(gateway, 'clock.skewed')).toEqual([]);
  });

  it.each(OFFSETS)(
    'leaves all sending to the other worker while a clock is wrong by %s, and leaves nothing behind that stops it',
    async (offset) => {
      const right = await start();
      const callsBefore = await callsMade();
      await database.pool.query(COUNT_SLOTS);
      const wrong = await start({ ROLES: 'worker', ...wrongClock(offset) });
      await until('the worker says why it does not send', async () => {
        const { body } = await read<Sending>(right, '/sending');
        const view = body.workers.find(({ pid }) => pid === wrong.child.pid);
        return view?.heldBecause.some((cause) => cause.includes('CLOCK_SKEW_LIMIT_SECS')) === true ? true : undefined;
      });
      await sendAll(right);
      await wrong.stop('SIGKILL');
      await sendAll(right);
      expect(attemptsOf(wrong)).toBe(0);
      expect(await executedOrders(sandbox)).toHaveLength(2 * ORDERS);
      // The other one has taken less than a tenth of the rate: a slot it took would have had no call.
      await until('nine slots in ten have had their call', async () => {
        const slots = await slotsGiven();
        return slots >= 2 * ORDERS && (await callsMade()) - callsBefore >= 0.9 * slots ? true : undefined;
      });
      expect(await eventsOf(right, 'clock.over-limit')).toHaveLength(1);
    },
  );

  it.each(OFFSETS.filter((offset) => offset.endsWith('m')))(
    'sends with the time of the database, and retries in time, where a clock that is wrong by %s is allowed',
    async (offset) => {
      const wrong = await start({ ...wrongClock(offset), CLOCK_SKEW_LIMIT_SECS: '86400' });
      await sandbox.close();
      const { id } = (await (await postOrder(wrong)).json()) as OrderView;
      await untilStatus(wrong, id, 'retrying');
      await sandbox.reopen();
      await untilStatus(wrong, id, 'confirmed');
      await sendAll(wrong);
      const times = (await executedOrders(sandbox)).map(({ rawBody }) => /"time":"([^"]+)"/.exec(rawBody)?.[1] ?? '');
      for (const time of times) expect(Math.abs(Date.parse(isoOf(time)) - Date.now())).toBeLessThan(5 * 60_000);
      expect(await eventsOf(wrong, 'clock.skewed')).toHaveLength(1);
      await wrong.stop('SIGKILL');
      await sendAll(await start());
    },
  );
});

/** `head.time` as the vendor's sample writes it, for `Date.parse`. */
function isoOf(time: string): string {
  return time.replace(' ', 'T').replace(' ', '');
}
