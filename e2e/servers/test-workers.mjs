/** How many suites run at once. */
export const TEST_WORKERS = 2;

/** The variable with the address of the Redis that the suites of one worker share: workers count from 1. */
export const redisUrlOf = (worker) => `TEST_REDIS_URL_${worker}`;
