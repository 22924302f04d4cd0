import { openAnsweringPartner, type AnsweringPartner, type PartnerAnswer } from './answering-partner.js';
import { startCallbackReceiver, type CallbackReceiver } from './callback-receiver.js';
import type { Closers } from './closers.js';
import { createDatabase, type TestDatabase } from './database.js';
import { startOtlpCollector, type OtlpCollector } from './otlp-collector.js';
import type { QueueChoice } from './queues.js';
import { emptyRedis } from './redis.js';
import { openSandbox, type OpenSandbox, type SandboxChoice } from './sandbox.js';
import { startTcpProxy, type TcpProxy } from './tcp-proxy.js';

/** What the gateways of a suite stand on, besides a database of their own. */
export interface SurroundingsOptions {
  /** PostgreSQL unless given. In Redis nothing is left of what was there before. */
  readonly queue?: QueueChoice;
  /** A proxy between the gateways and the database. */
  readonly proxied?: boolean;
  /** The stand-in for Тройка Бизнес. */
  readonly sandbox?: true | SandboxChoice;
  /** In its place: a partner that answers word for word. */
  readonly partner?: PartnerAnswer;
  /** A producer's server that takes callbacks. */
  readonly receiver?: true;
  /** A receiver of traces. */
  readonly collector?: true;
}

export interface Surroundings {
  readonly database: TestDatabase;
  readonly proxy: TcpProxy | undefined;
  readonly sandbox: OpenSandbox | undefined;
  readonly partner: AnsweringPartner | undefined;
  readonly receiver: CallbackReceiver | undefined;
  readonly collector: OtlpCollector | undefined;
  /** The variables with which a gateway finds all this. */
  readonly env: Readonly<Record<string, string>> & { readonly DATABASE_URL: string };
}

/** Starts all parts at once. @param closers get what closes each of them, also when another one does not start */
export async function openSurroundings(options: SurroundingsOptions, closers: Closers): Promise<Surroundings> {
  const open = async <T>(opening: Promise<T>, close: (part: T) => Promise<unknown>): Promise<T> => {
    const part = await opening;
    closers.add(() => close(part));
    return part;
  };
  const none = Promise.resolve(undefined);
  const { queue, proxied, sandbox: choice, partner: answer, receiver: hasReceiver, collector: hasCollector } = options;
  const openings = [
    open(createDatabase(), (part) => part.drop()),
    choice ? open(openSandbox(0, choice === true ? {} : choice), (part) => part.close()) : none,
    answer ? open(openAnsweringPartner(answer), (part) => part.close()) : none,
    hasReceiver ? open(startCallbackReceiver(), (part) => part.close()) : none,
    hasCollector ? open(startOtlpCollector(), (part) => part.close()) : none,
    queue?.queue === 'redis' ? emptyRedis() : none,
  ] as const;
  // Nothing may come to be after the closers have run.
  await Promise.allSettled(openings);
  const [database, sandbox, partner, receiver, collector] = await Promise.all(openings);
  const proxy = proxied ? await open(startTcpProxy(database.url), (part) => part.cut()) : undefined;
  const { url: partnerUrl } = sandbox ?? partner ?? {};
  const env = {
    // As fast as it goes: a suite that is about the rate sets its own.
    ...(partnerUrl === undefined ? {} : { TROIKA_URL: partnerUrl, TROIKA_RATE_PER_SECOND: '1000' }),
    ...receiver?.env,
    ...(collector === undefined ? {} : { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url }),
    ...queue?.env(),
    DATABASE_URL: (proxy ?? database).url,
  };
  return { database, proxy, sandbox, partner, receiver, collector, env };
}
