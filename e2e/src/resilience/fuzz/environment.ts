/** A gateway in all roles, whose limits for strangers do not stand in the way of odd calls. */
export const FUZZ_ENV = {
  LOGIN_FAILURES_PER_ADDRESS: '1000000',
  LOGIN_FAILURES_TOTAL: '1000000',
  TROIKA_RATE_PER_SECOND: '1000',
} as const;
