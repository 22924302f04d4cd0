import { TestEnvironment } from 'jest-environment-node';
import { redisUrlOf } from './test-workers.mjs';

const ownRedis = process.env[redisUrlOf(process.env.JEST_WORKER_ID)];
if (ownRedis !== undefined) process.env.TEST_REDIS_URL = ownRedis;

/** Node, with a global `hasCaseFailed`: the hooks after a case read whether it, or a hook before it, has failed. */
export default class FailureEnvironment extends TestEnvironment {
  handleTestEvent({ name, test }) {
    if (name === 'test_start') this.global.hasCaseFailed = test.errors.length > 0;
    if (name === 'test_fn_failure' || name === 'hook_failure') this.global.hasCaseFailed = true;
  }
}
