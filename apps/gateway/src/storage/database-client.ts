import type { EventEmitter } from 'node:events';
import pg from 'pg';
import { noteErrorState } from './seen-troubles.js';

/**
 * A connection whose errors never end the process. A connection that breaks while none waits for it – between two
 * statements of its user, or in the packet that made it ready – has no listener for the moment; the one who uses it next
 * gets the error as an answer.
 */
export class DatabaseClient extends pg.Client {
  /** The process that serves this connection; undefined until the session is prepared. */
  backendPid: number | undefined;

  constructor(config?: string | pg.ClientConfig) {
    super(config);
    const { connection } = this as unknown as { connection: EventEmitter };
    // Also errors that reach no caller, or that the caller swallows.
    connection.on('errorMessage', ({ code }: { code?: string }) => noteErrorState(code));
  }

  override emit(...args: Parameters<pg.Client['emit']>): boolean {
    if (args[0] === 'error' && this.listenerCount('error') === 0) return false;
    return super.emit(...args);
  }
}
