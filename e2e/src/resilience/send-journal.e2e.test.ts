import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, readFile, readdir, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getOrder, postOrder, untilStatus, type OrderView } from '../harness/api.js';
import { queueChoices } from '../harness/queues.js';
import { executedOrders } from '../harness/sandbox.js';
import { until } from '../harness/until.js';
import type { GatewayProcess } from '../harness/gateway-process.js';
import { withGateway } from '../harness/with-gateway.js';

describe.each(queueChoices())('a disk that does not take the send journal, with the queue on $queue', (queue) => {
  let folder: string;
  let blocked: string;
  const { database, sandbox, start } = withGateway({ queue, sandbox: true, running: false, isolated: true });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vestibule-blocked-'));
    blocked = join(folder, 'blocked');
    // The test may run as root, whom no permission stops.
    await writeFile(blocked, 'a file stands where the folder should be');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const post = async (gateway: GatewayProcess): Promise<OrderView> =>
    (await (await postOrder(gateway)).json()) as OrderView;
  const events = async (kind: string): Promise<number> =>
    (await database.pool.query('select from operator_events where kind = $1', [kind])).rowCount ?? 0;
  const untilReported = (kind: string): Promise<true> =>
    until(`operators see an event of the kind ${kind}`, async () => ((await events(kind)) > 0 ? true : undefined));

  it('stops sending and nothing else, and sending resumes automatically when the disk is writable', async () => {
    const gateway = await start({ SEND_JOURNAL_DIR: join(blocked, 'journals') });
    const first = await post(gateway);
    await untilReported('send-journal.unwritable');
    const second = await post(gateway);
    expect([first.status, second.status]).toEqual(['accepted', 'accepted']);
    expect(await executedOrders(sandbox)).toEqual([]);
    expect(['accepted', 'retrying', 'sending']).toContain((await getOrder(gateway, first.id)).status);

    await unlink(blocked);
    await Promise.all([first, second].map(({ id }) => untilStatus(gateway, id, 'confirmed')));
    expect(await executedOrders(sandbox)).toHaveLength(2);
    await untilReported('send-journal.writable-again');
    const [name = ''] = (await readdir(join(blocked, 'journals'))).filter((each) => each.endsWith('.journal'));
    const text = await readFile(join(blocked, 'journals', name), 'utf8');
    for (const { id } of [first, second]) expect(text).toContain(id);
    for (const secret of ['71044826548', '1234567890']) expect(text).not.toContain(secret);
  });

  it('leaves its orders to a process that can write', async () => {
    const stuck = await start({ SEND_JOURNAL_DIR: join(blocked, 'journals') });
    const order = await post(stuck);
    await untilReported('send-journal.unwritable');
    await start({ ROLES: 'worker', SEND_JOURNAL_DIR: join(folder, 'journals') });
    await untilStatus(stuck, order.id, 'confirmed');
    expect(await executedOrders(sandbox)).toHaveLength(1);
  });
});
