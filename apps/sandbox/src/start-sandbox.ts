import type { AddressInfo } from 'node:net';
import { type KeySource, type SignatureProfile, createVerifier } from '@vestibule/signer';
import { type FastifyError, LogController, fastify } from 'fastify';
import { type Logger, pino } from 'pino';
import { Book, firstOrderIdAt } from './book.js';
import { openBookFile } from './book-file.js';
import { CallCounts } from './call-counts.js';
import { basicCheck } from './checks/credentials.js';
import { problem } from './control/problem.js';
import { priceRoutes } from './control/prices.js';
import { refundRoutes } from './control/refunds.js';
import { controlRoutes } from './control/routes.js';
import { InjectedFaults } from './faults/injected.js';
import { FaultInjector } from './faults/injector.js';
import { FaultSchedule } from './faults/schedule.js';
import { partnerRoutes } from './partner/routes.js';
import { Shelf } from './shelf.js';

/** What onboarding would have agreed, where to listen, and what a test may want otherwise. */
export interface SandboxOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly basicUser: string;
  readonly basicPassword: string;
  /** The API user in `head.phone`. */
  readonly apiPhone: string;
  readonly terminalId: string;
  readonly signature: { readonly profile: SignatureProfile; readonly keys: readonly KeySource[] };
  /** Default: no logs. */
  readonly logger?: Logger;
  /** Default: derived from the clock, so that a restarted stand-in never repeats an id. At most 9 × 10^12. */
  readonly firstOrderId?: number;
  /** Size of the guarantee fund in roubles; the default is more than any benchmark spends. */
  readonly fundRoubles?: number;
  /** Where its orders outlive the process; default: nowhere. */
  readonly dataFolder?: string;
  /** How late the answers of the fault `slow` are, in milliseconds; default 3,000. */
  readonly slowMs?: number;
}

export interface Sandbox {
  /** Where the stand-in listens, e.g. `http://127.0.0.1:8090`; the value of `TROIKA_URL`. */
  readonly url: string;
  /** Stops taking requests, finishes those in progress, drops those that get no answer. */
  close(): Promise<void>;
}

const DEFAULT_FUND_ROUBLES = 1_000_000_000_000;
const DEFAULT_SLOW_MS = 3_000;
/** How long callers may take to finish what they are at when it closes. */
const CLOSE_GRACE_MS = 2_000;

/**
 * Starts the stand-in for Тройка Бизнес.
 *
 * @throws SignatureError when a key cannot be used; the listener's own error (`EADDRINUSE`, `EACCES`)
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const schedule = new FaultSchedule();
  const injected = new InjectedFaults();
  const injector = new FaultInjector(options.slowMs ?? DEFAULT_SLOW_MS);
  const book = new Book(
    options.firstOrderId ?? firstOrderIdAt(new Date()),
    Math.round((options.fundRoubles ?? DEFAULT_FUND_ROUBLES) * 100),
    options.dataFolder === undefined ? undefined : openBookFile(options.dataFolder),
  );
  const [shelf, counts] = [new Shelf(), new CallCounts()];
  const { profile, keys } = options.signature;
  const gatekeeper = {
    authenticates: basicCheck(options.basicUser, options.basicPassword),
    verifier: createVerifier(profile, keys),
    signatureHeader: profile.header.toLowerCase(),
    client: { apiPhone: options.apiPhone, terminalId: options.terminalId },
  };

  const app = fastify({
    loggerInstance: options.logger ?? pino({ level: 'silent' }),
    logController: new LogController({ disableRequestLogging: true }),
  });
  app.setNotFoundHandler((_request, reply) => problem(reply, 404, 'The stand-in answers POST / and /_control/… only.'));
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status < 500) return problem(reply, status, 'The request cannot be read.');
    // A message may contain request data; the error's name and stack position do not.
    request.log.error({ name: error.name, code: error.code, at: placeOf(error) }, 'a request failed');
    return problem(reply, 500, 'The stand-in failed; its log says more.');
  });
  await app.register(partnerRoutes({ gatekeeper, book, shelf, counts, schedule, injector, injected }));
  await app.register(controlRoutes({ book, shelf, counts, schedule, injected }));
  await app.register(priceRoutes(book, shelf));
  await app.register(refundRoutes(book));
  await app.listen({
    host: options.host,
    port: options.port,
    listenTextResolver: (address) => `the stand-in for Тройка Бизнес is listening at ${address}`,
  });

  const { port } = app.server.address() as AddressInfo;
  return {
    url: `http://${options.host.includes(':') ? `[${options.host}]` : options.host}:${port}`,
    close: async () => {
      injector.stop();
      // Node waits without limit for a client that has sent half a request.
      const cut = setTimeout(() => app.server.closeAllConnections(), CLOSE_GRACE_MS);
      await app.close().finally(() => clearTimeout(cut));
    },
  };
}

function placeOf(error: Error): string | undefined {
  return error.stack
    ?.split('\n')
    .find((line) => line.startsWith('    at '))
    ?.trim();
}
