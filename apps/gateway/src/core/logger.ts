import type { LoggerService } from '@nestjs/common';
import { pino, type Logger } from 'pino';

export type { Logger } from 'pino';

/** Names under which a secret could reach a log line by mistake; pino writes `[secret]` instead. */
const REDACTED = ['authorization', 'password', 'secret', 'key', 'config', '*.authorization', '*.password', '*.config'];

let writtenAt = 0;
let writtenTime = '';

/** The time of a line, as `isoTime` of pino; of the many lines of one millisecond, only the first has it formatted. */
export function lineTime(): string {
  const now = Date.now();
  if (now !== writtenAt) {
    writtenAt = now;
    writtenTime = `,"time":"${new Date(now).toISOString()}"`;
  }
  return writtenTime;
}

/** What every line looks like. */
export const LOG_FORM = {
  base: { pid: process.pid },
  formatters: { level: (label: string) => ({ level: label }) },
  timestamp: lineTime,
};

/** One JSON line per event on standard output. */
export function createLogger(level: string): Logger {
  return pino({ ...LOG_FORM, level, redact: { paths: REDACTED, censor: '[secret]' } });
}

/** Makes NestJS write into the same log: its start-up messages at `debug`, its warnings and errors unchanged. */
export class NestLog implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, context?: unknown): void {
    this.logger.debug({ context }, String(message));
  }

  warn(message: unknown, context?: unknown): void {
    this.logger.warn({ context }, String(message));
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.logger.error({ context: rest.at(-1) }, String(message));
  }
}

/**
 * What a log line says of an error: its name, code and message, never its properties, which in the case of an HTTP
 * client hold headers and credentials.
 */
export function describeError(error: unknown): { name: string; code?: string; message: string } {
  if (!(error instanceof Error)) return { name: 'unknown', message: String(error) };
  const code = (error as NodeJS.ErrnoException).code;
  return { name: error.name, ...(code === undefined ? {} : { code }), message: error.message };
}
