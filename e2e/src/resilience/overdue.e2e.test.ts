import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ask, notCreated } from '../harness/admin.js';
import { getOrder, postOrder, untilStatus, type OrderView } from '../harness/api.js';
import { until } from '../harness/until.js';
import { okAnswer } from '../harness/answering-partner.js';
import { withGateway } from '../harness/with-gateway.js';

const PAID = okAnswer('{"id":77,"totalAmount":2800}');

/** Reports the call, then waits until the test releases it. */
const SLOW_SIGNER = (folder: string): string => `#!/bin/sh
cat > /dev/null
touch '${folder}/asked'
until [ -e '${folder}/go' ]; do sleep 0.05; done
printf signature
`;

describe('a sender that is held up between its claim and the first byte', () => {
  let folder: string;
  // What is held up has to continue before its process can end.
  afterEach(() => writeFile(join(folder, 'go'), ''));
  const { partner, start } = withGateway({
    partner: () => PAID,
    env: { TROIKA_TIMEOUT_MS: '500', TROIKA_LEASE_MARGIN_MS: '500' },
    running: false,
    isolated: true,
  });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vestibule-overdue-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('until the order was sent by another, sends nothing any more', async () => {
    const command = join(folder, 'sign');
    await writeFile(command, SLOW_SIGNER(folder));
    await chmod(command, 0o755);
    const signature = `external:${command};timeout-ms=60000`;
    const [api, slow] = await Promise.all([
      start({ ROLES: 'orders,admin' }),
      start({ ROLES: 'worker', TROIKA_CONCURRENCY: '1', TROIKA_SIGNATURE: signature }),
    ]);
    const { id } = (await (await postOrder(api)).json()) as OrderView;
    await until('it is being signed', async () => ((await readdir(folder)).includes('asked') ? true : undefined));
    await untilStatus(api, id, 'unknown');

    // The blocked worker has no free slot for it.
    await start({ ROLES: 'worker', TROIKA_TIMEOUT_MS: '30000' });
    await ask(api, `/orders/${id}/resolve`, notCreated('resend'));
    await untilStatus(api, id, 'confirmed');
    await writeFile(join(folder, 'go'), '');
    await until('the one that was held up has given up', () =>
      Promise.resolve(slow.log.some(({ msg, reason }) => msg === 'attempt' && reason === 'overdue') ? true : undefined),
    );
    expect(await getOrder(api, id)).toMatchObject({ status: 'confirmed', attempts: 2, troika: { orderId: 77 } });
    expect(partner.calls.filter(({ method }) => method === 'app_create_order')).toHaveLength(1);
  });
});
