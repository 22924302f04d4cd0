import { describe, expect, it } from '@jest/globals';
import { postOrder, untilStatus, type OrderView } from '../harness/api.js';
import { queueChoices } from '../harness/queues.js';
import { executedOrders } from '../harness/sandbox.js';
import { until } from '../harness/until.js';
import { withGateway } from '../harness/with-gateway.js';

describe.each(queueChoices())(
  'an order that waits for its slot of the rate limiter, with the queue on $queue',
  (queue) => {
    const { database, sandbox, start } = withGateway({ queue, sandbox: true, running: false, isolated: true });
    const secsAhead = async (): Promise<number> => {
      const { rows } = await database.pool.query<{ secs: number }>(
        'select extract(epoch from next_call_at - now())::float8 as secs from partner_pace',
      );
      return rows[0]?.secs ?? 0;
    };

    it('does not delay the end of a process, and is sent by the next one', async () => {
      const slow = await start({ TROIKA_RATE_PER_SECOND: '0.01' });
      // The first refresh is sent at once; the second one waits.
      await until('a reading waits for its slot', async () => ((await secsAhead()) > 150 ? true : undefined));
      const { id } = (await (await postOrder(slow)).json()) as OrderView;
      await until('the order waits for its slot', async () => ((await secsAhead()) > 250 ? true : undefined));
      expect(await slow.stop()).toBe(0);
      const { rows } = await database.pool.query('select status, attempts from orders where id = $1', [id]);
      expect(rows).toEqual([{ status: 'accepted', attempts: 0 }]);
      await database.pool.query('truncate partner_pace');
      const next = await start();
      await untilStatus(next, id, 'confirmed');
      expect(await executedOrders(sandbox)).toHaveLength(1);
    });
  },
);
