import { randomBytes } from 'node:crypto';

/** A queue to run a suite on: its name, and the variables that choose it. */
export interface QueueChoice {
  readonly queue: 'postgres' | 'redis';
  readonly env: () => Record<string, string>;
}

/** PostgreSQL always; Redis where the machine has it (`npm test` says when it has not). */
export function queueChoices(): QueueChoice[] {
  const redis = process.env['TEST_REDIS_URL'];
  const choices: QueueChoice[] = [{ queue: 'postgres', env: () => ({}) }];
  if (redis !== undefined) choices.push({ queue: 'redis', env: () => ({ REDIS_URL: redis }) });
  return choices;
}

/** A text that no other test uses. */
export function unique(prefix: string): string {
  return `${prefix}-${randomBytes(6).toString('hex')}`;
}
