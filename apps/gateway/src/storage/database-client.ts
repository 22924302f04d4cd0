import pg from 'pg';

/**
 * A connection whose errors never end the process. A connection that breaks while none waits for it – between two
 * statements of its user, or in the packet that made it ready – has no listener for the moment; whoever uses it next
 * gets the error as an answer.
 */
export class DatabaseClient extends pg.Client {
  /** The process that serves this connection; undefined until the session is prepared. */
  backendPid: number | undefined;

  override emit(...args: Parameters<pg.Client['emit']>): boolean {
    if (args[0] === 'error' && this.listenerCount('error') === 0) return false;
    return super.emit(...args);
  }
}
