import { TestEnvironment } from 'jest-environment-node';

/** Node, with a global `hasCaseFailed`: the hooks after a case read whether it, or a hook before it, has failed. */
export default class FailureEnvironment extends TestEnvironment {
  handleTestEvent({ name, test }) {
    if (name === 'test_start') this.global.hasCaseFailed = test.errors.length > 0;
    if (name === 'test_fn_failure' || name === 'hook_failure') this.global.hasCaseFailed = true;
  }
}
