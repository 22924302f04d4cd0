import { describeError, type Logger } from './logger.js';

/** Logs the first failure of work that is done again and again, and no further one until it has worked in between. */
export class OutageLog {
  private isFailing = false;

  /** @param message what does not happen */
  constructor(
    private readonly logger: Logger,
    private readonly message: string,
  ) {}

  worked(): void {
    this.isFailing = false;
  }

  failed(error: unknown): void {
    if (!this.isFailing) this.logger.warn({ error: describeError(error) }, this.message);
    this.isFailing = true;
  }
}
