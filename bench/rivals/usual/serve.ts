import 'reflect-metadata';
import { ValidationPipe, type Type, type ValidationPipeOptions } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';

/** A Nest application on Express with the global pipe that the documentation shows. */
export async function serve(module: Type, pipe: ValidationPipeOptions): Promise<void> {
  const app = await NestFactory.create<NestExpressApplication>(module, { logger: ['error', 'warn'] });
  app.useGlobalPipes(new ValidationPipe(pipe));
  app.disable('x-powered-by');
  app.disable('etag');
  app.enableShutdownHooks();
  process.once('disconnect', () => process.exit());
  process.once('SIGTERM', () => process.disconnect?.());
  await app.listen(Number(process.env['PORT']), '127.0.0.1');
}
