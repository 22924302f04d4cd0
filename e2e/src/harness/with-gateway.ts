import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
import type { AnsweringPartner } from './answering-partner.js';
import type { CallbackReceiver } from './callback-receiver.js';
import type { TestDatabase } from './database.js';
import { showLogsOfFailure } from './failure-log.js';
import { GatewayGroup, type Env, type GatewayGroupOptions } from './gateway-group.js';
import type { GatewayProcess } from './gateway-process.js';
import { koshelek, type Koshelek } from './koshelek.js';
import { lateBound, type LateBound } from './late-bound.js';
import type { OtlpCollector } from './otlp-collector.js';
import type { OpenSandbox } from './sandbox.js';
import type { TcpProxy } from './tcp-proxy.js';
import { until } from './until.js';

export interface WithGatewayOptions extends GatewayGroupOptions {
  /** A second gateway that starts at the same time, by what it is given otherwise. */
  readonly other?: Env;
  /** `false`: nothing runs but the surroundings, and the cases start gateways. */
  readonly running?: boolean;
  /** `true`: each case gets a new gateway and environment. Otherwise all cases share one. */
  readonly isolated?: boolean;
}

/** What a suite has in its hooks and cases. To use a part that the options do not ask for is an error. */
export interface WithGateway {
  readonly gateway: GatewayProcess;
  readonly other: GatewayProcess;
  readonly database: TestDatabase;
  readonly proxy: TcpProxy;
  readonly sandbox: OpenSandbox;
  readonly partner: AnsweringPartner;
  readonly receiver: CallbackReceiver;
  readonly collector: OtlpCollector;
  /** Кошелёк, as it calls the gateway. */
  readonly api: Koshelek;
  /** Every gateway that was started, also those that have ended, in order. */
  readonly gateways: readonly GatewayProcess[];
  /** Starts one more gateway, which ends with the case at the latest; in a hook before all cases, with the last case. */
  readonly start: (env?: Env) => Promise<GatewayProcess>;
  /** Ends the gateway, unless it has ended, and starts it again. */
  readonly restart: (env?: Env) => Promise<void>;
  /** The same with its internal address, for who knows it; waits while another program has the port. */
  readonly restartInPlace: (env?: Env) => Promise<void>;
}

/**
 * Gives a suite a running gateway and what it stands on. Called once in a `describe`. Everything is stopped in reverse
 * order, also when something did not start; after a case that failed, what the gateways have logged is shown.
 */
export function withGateway(options: WithGatewayOptions = {}): WithGateway {
  const { running = true, isolated = false } = options;
  const group = new GatewayGroup(options);
  const part = <T extends object>(name: string): LateBound<T> => lateBound<T>(`This suite has no ${name} running.`);
  const gateway = part<GatewayProcess>('gateway');
  const api = part<Koshelek>('gateway with a public listener');
  const other = part<GatewayProcess>('second gateway');
  const database = part<TestDatabase>('database');
  const proxy = part<TcpProxy>('proxy');
  const sandbox = part<OpenSandbox>('stand-in');
  const partner = part<AnsweringPartner>('partner');
  const receiver = part<CallbackReceiver>('receiver of callbacks');
  const collector = part<OtlpCollector>('collector of traces');

  const startGateway = async (env?: Env): Promise<void> => {
    const process = await group.start(env);
    gateway.bind(process);
    api.bind(koshelek(process.publicUrl));
  };
  const startOther = async (env: Env): Promise<void> => other.bind(await group.start(env));
  const open = async (): Promise<void> => {
    const surroundings = await group.open();
    database.bind(surroundings.database);
    proxy.bind(surroundings.proxy);
    sandbox.bind(surroundings.sandbox);
    partner.bind(surroundings.partner);
    receiver.bind(surroundings.receiver);
    collector.bind(surroundings.collector);
    if (!running) return;
    await Promise.all([startGateway(), ...(options.other === undefined ? [] : [startOther(options.other)])]);
  };
  const close = async (): Promise<void> => {
    showLogsOfFailure(group.started);
    await group.close();
  };
  if (isolated) {
    beforeEach(open);
    afterEach(close);
  } else {
    beforeAll(open);
    afterAll(close);
    beforeEach(() => group.beginCase());
    afterEach(async () => {
      showLogsOfFailure(group.started);
      await group.endCase();
    });
  }
  const restart = async (env?: Env): Promise<void> => {
    await gateway.handle.stop();
    await startGateway(env);
  };
  return {
    gateway: gateway.handle,
    other: other.handle,
    database: database.handle,
    proxy: proxy.handle,
    sandbox: sandbox.handle,
    partner: partner.handle,
    receiver: receiver.handle,
    collector: collector.handle,
    api: api.handle,
    gateways: group.started,
    start: (env) => group.startForCase(env),
    restart,
    restartInPlace: async (env) => {
      const { port } = new URL(gateway.handle.internalUrl);
      await until('the port is free again', async () => {
        try {
          await restart({ ...env, INTERNAL_PORT: port });
          return true;
        } catch (error) {
          if (error instanceof Error && error.message.includes('is taken by another program')) return undefined;
          throw error;
        }
      });
    },
  };
}
