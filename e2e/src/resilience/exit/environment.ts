import { startBlackHole, type BlackHole } from '../../harness/black-hole.js';
import { okAnswer, openAnsweringPartner, type AnsweringPartner } from '../../harness/answering-partner.js';
import { postOrder, type OrderView } from '../../harness/api.js';
import { createDatabase, type TestDatabase } from '../../harness/database.js';
import { startGateway, type GatewayProcess } from '../../harness/gateway-process.js';
import { startTcpProxy, type TcpProxy } from '../../harness/tcp-proxy.js';

/** How long the partner may take; a process has to end within five seconds more. */
export const TIMEOUT_MS = 2_000;

/** A gateway in all roles, with everything around it that can hang. */
export interface ExitEnvironment {
  readonly database: TestDatabase;
  readonly databaseLine: TcpProxy;
  readonly redisLine: TcpProxy | undefined;
  readonly partner: AnsweringPartner;
  /** Answers nothing: a receiver of callbacks, a card system, a server that is gone silent. */
  readonly hole: BlackHole;
  /** From now on the partner takes orders and says nothing. */
  silencePartner(isSilent: boolean): void;
  start(env?: Readonly<Record<string, string>>): Promise<GatewayProcess>;
  /** Posts an order of a card of its own. */
  order(gateway: GatewayProcess, more?: object): Promise<OrderView>;
  /** The cards whose orders the partner was sent, one entry for each call. */
  sentCards(): string[];
  close(): Promise<void>;
}

export async function setUpExitEnvironment(): Promise<ExitEnvironment> {
  const database = await createDatabase();
  const databaseLine = await startTcpProxy(database.url);
  const redisUrl = process.env['TEST_REDIS_URL'];
  const redisLine = redisUrl === undefined ? undefined : await startTcpProxy(redisUrl);
  const hole = await startBlackHole();
  let isSilent = false;
  let made = 0;
  const partner = await openAnsweringPartner(({ method }, response) => {
    if (method !== 'app_create_order') return undefined;
    if (isSilent) {
      response.writeHead(200).flushHeaders();
      return undefined;
    }
    made += 1;
    return okAnswer(`{"id":${made},"totalAmount":1}`);
  });
  const common = {
    DATABASE_URL: databaseLine.url,
    TROIKA_URL: partner.url,
    TROIKA_TIMEOUT_MS: String(TIMEOUT_MS),
    TROIKA_LEASE_MARGIN_MS: '3000',
    TROIKA_RATE_PER_SECOND: '1000',
    CALLBACK_ALLOWED_NETWORKS: '127.0.0.0/8',
    SWEEP_GRACE_MS: '300',
    // What is broken off on purpose must not hold back the orders of the next case.
    TROIKA_UNKNOWN_LIMIT: '1000',
  };
  let cards = 0;
  return {
    database,
    databaseLine,
    redisLine,
    partner,
    hole,
    silencePartner: (silent) => (isSilent = silent),
    start: (env) => startGateway({ ...common, ...env }),
    order: async (gateway, more = {}) => {
      cards += 1;
      const line = { cardNumber: String(cards).padStart(10, '0'), currencyId: 'RUB', quantity: 1, tariffId: 2671 };
      const order = { orderData: [{ ...line, type: 'owncard' }], phone: '+71044826548' };
      return (await (await postOrder(gateway, { body: { order, ...more } })).json()) as OrderView;
    },
    sentCards: () =>
      partner.calls
        .filter(({ method }) => method === 'app_create_order')
        .map(({ rawBody }) => /"cardNumber":"(\d+)"/.exec(rawBody)?.[1] ?? ''),
    close: async () => {
      await Promise.all([partner.close(), hole.close(), databaseLine.cut(), redisLine?.cut()]);
      await database.drop();
    },
  };
}
