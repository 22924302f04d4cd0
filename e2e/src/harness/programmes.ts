import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startGateway, type GatewayProcess } from './gateway-process.js';
import { serveProgramme } from './own-system.js';

/** The programmes that must behave alike: the built-in one, and the same one behind HTTP. */
export const PROGRAMMES = ['the built-in programme', 'a programme behind HTTP'] as const;
export type Programme = (typeof PROGRAMMES)[number];

const KEY = 'test-card-program-key-of-32-chars';

/**
 * Starts a gateway on a programme whose cards are in `env.DATABASE_URL`. Behind HTTP the programme runs in this
 * process, and the gateway knows only its address.
 */
export async function startGatewayOn(
  programme: Programme,
  env: Readonly<Record<string, string>> & { readonly DATABASE_URL: string },
): Promise<GatewayProcess> {
  if (programme === 'the built-in programme') return await startGateway(env);
  const { server, close } = serveProgramme(env, KEY);
  const url = await listen(server);
  const gateway = await startGateway({
    // Hundreds of calls at once on a busy machine are no outage.
    CARD_PROGRAM_TIMEOUT_MS: '30000',
    CARD_PROGRAM_DEADLINE_MS: '30000',
    ...env,
    CARD_PROGRAM: url,
    CARD_PROGRAM_KEY: KEY,
  }).catch(async (error: unknown) => {
    await close();
    throw error;
  });
  let closing: Promise<unknown> | undefined;
  return {
    ...gateway,
    stop: async (signal) => {
      const code = await gateway.stop(signal);
      await (closing ??= close());
      return code;
    },
  };
}

/** Starts a server on a free port of loopback, and gives its address. */
export async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
