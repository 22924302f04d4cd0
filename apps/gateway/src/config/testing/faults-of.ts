import { ConfigError, readConfig, type Env } from '../read-config.js';

/** The faults with which a configuration is refused; none when it is taken. */
export function faultsOf(env: Env, options?: Parameters<typeof readConfig>[1]): readonly string[] {
  try {
    readConfig(env, options);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
}
