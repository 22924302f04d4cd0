import type { Server } from 'node:tls';
import type { DynamicModule, ExceptionFilter } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, onRequestHookHandler } from 'fastify';
import type { ListenerConfig } from '../config/config.js';
import { createFastify, type FastifyOptions } from '../http/fastify.js';
import { renewCertificates } from '../http/tls/renew-certificates.js';
import { measureRequests } from '../http/measure-requests.js';
import { NestLog, type Logger } from '../core/logger.js';
import type { Metrics } from '../metrics/metrics.js';
import type { Closers } from './closers.js';

export interface ListenerSetup {
  /** The variable that chooses its port, for the message when the port is taken. */
  readonly portVariable: 'PUBLIC_PORT' | 'INTERNAL_PORT';
  readonly metrics: Metrics;
  readonly address: ListenerConfig;
  readonly module: DynamicModule;
  readonly filter: ExceptionFilter;
  readonly fastify: Omit<FastifyOptions, 'tls' | 'stop'>;
  /** Runs before a body is read. */
  readonly onRequest?: onRequestHookHandler;
  /** Adds further hooks, which run behind it. */
  readonly addHooks?: (server: FastifyInstance) => void;
  /** The prefix of every route; `''` for none. */
  readonly basePath?: string;
}

/** A port cannot be had; the message is for the person who starts us. */
export class PortError extends Error {}

/**
 * Opens one listener with the modules behind it.
 *
 * @returns its base URL, with the port really taken (0 asks for any free one)
 * @throws PortError when the port is taken or not allowed
 */
export async function listen(setup: ListenerSetup, logger: Logger, closers: Closers): Promise<string> {
  const { portVariable, metrics, address, module, filter, fastify } = setup;
  const { tls } = address;
  const server = createFastify({ ...fastify, tls, stop: closers });
  measureRequests(server, portVariable === 'PUBLIC_PORT' ? 'public' : 'internal', metrics);
  if (setup.onRequest !== undefined) server.addHook('onRequest', setup.onRequest);
  setup.addHooks?.(server);
  const adapter = new FastifyAdapter(server);
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    logger: new NestLog(logger),
    bodyParser: false,
    abortOnError: false,
  });
  app.useGlobalFilters(filter);
  if (setup.basePath !== undefined) app.setGlobalPrefix(setup.basePath);
  closers.addWork(`the listener of ${portVariable}`, () => app.close());
  try {
    await app.listen(address.port, address.host);
  } catch (error) {
    throw portError(error, portVariable, address);
  }
  if (tls !== undefined) {
    const stop = renewCertificates(app.getHttpServer() as object as Server, tls, logger);
    closers.add('the certificates', () => Promise.resolve(stop()));
  }
  const { port } = app.getHttpServer().address() as { port: number };
  const scheme = tls === undefined ? 'http' : 'https';
  const host = address.host === '0.0.0.0' || address.host === '::' ? '127.0.0.1' : address.host;
  return `${scheme}://${host}:${port}`;
}

function portError(error: unknown, variable: string, { host, port }: ListenerConfig): unknown {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'EADDRINUSE':
      return new PortError(`port ${port} is taken by another program; set ${variable} to a free one`);
    case 'EACCES':
      return new PortError(`port ${port} needs more rights than we have; set ${variable} to one above 1023`);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new PortError(`${host} is no address of this machine; correct ${variable.replace('PORT', 'HOST')}`);
    default:
      return error;
  }
}
