import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ask, notCreated } from '../harness/admin.js';
import { getOrder, postOrder, untilStatus, type OrderView } from '../harness/api.js';
import { createDatabase, type TestDatabase } from '../harness/database.js';
import { startGateway, type GatewayProcess } from '../harness/gateway-process.js';
import { until } from '../harness/until.js';

const PAID = '{"message":{"head":{"resultCode":0,"resultMessage":"OK"},"body":{"id":77,"totalAmount":2800}}}';

/** Says that it was asked, then waits for as long as no one lets it continue. */
const SLOW_SIGNER = (folder: string): string => `#!/bin/sh
cat > /dev/null
touch '${folder}/asked'
until [ -e '${folder}/go' ]; do sleep 0.05; done
printf signature
`;

describe('a sender that is held up between its claim and the first byte', () => {
  let folder: string;
  let partner: Server;
  let creates: number;
  let database: TestDatabase;
  let gateways: GatewayProcess[];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vestibule-overdue-'));
    creates = 0;
    partner = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        if (Buffer.concat(chunks).includes('app_create_order')) creates += 1;
        response.end(PAID);
      });
    }).listen(0, '127.0.0.1');
    await once(partner, 'listening');
    database = await createDatabase();
    gateways = [];
  });
  afterEach(async () => {
    await writeFile(join(folder, 'go'), '');
    await Promise.all(gateways.map((gateway) => gateway.stop()));
    partner.close();
    await database.drop();
    await rm(folder, { recursive: true });
  });

  async function start(env: Readonly<Record<string, string>>): Promise<GatewayProcess> {
    const gateway = await startGateway({
      DATABASE_URL: database.url,
      TROIKA_URL: `http://127.0.0.1:${(partner.address() as AddressInfo).port}`,
      TROIKA_RATE_PER_SECOND: '1000',
      TROIKA_TIMEOUT_MS: '500',
      TROIKA_LEASE_MARGIN_MS: '500',
      ...env,
    });
    gateways.push(gateway);
    return gateway;
  }

  it('until the order was sent by another, sends nothing any more', async () => {
    const command = join(folder, 'sign');
    await writeFile(command, SLOW_SIGNER(folder));
    await chmod(command, 0o755);
    const api = await start({ ROLES: 'orders,admin' });
    const signature = `external:${command};timeout-ms=60000`;
    const slow = await start({ ROLES: 'worker', TROIKA_CONCURRENCY: '1', TROIKA_SIGNATURE: signature });
    const { id } = (await (await postOrder(api)).json()) as OrderView;
    await until('it is being signed', async () => ((await readdir(folder)).includes('asked') ? true : undefined));
    await untilStatus(api, id, 'unknown');

    // The one that is held up has no hand free for it.
    await start({ ROLES: 'worker', TROIKA_TIMEOUT_MS: '30000' });
    await ask(api, `/orders/${id}/resolve`, notCreated('resend'));
    await untilStatus(api, id, 'confirmed');
    await writeFile(join(folder, 'go'), '');
    await until('the one that was held up has given up', () =>
      Promise.resolve(slow.log.some(({ msg, reason }) => msg === 'attempt' && reason === 'overdue') ? true : undefined),
    );
    expect(await getOrder(api, id)).toMatchObject({ status: 'confirmed', attempts: 2, troika: { orderId: 77 } });
    expect(creates).toBe(1);
  });
});
