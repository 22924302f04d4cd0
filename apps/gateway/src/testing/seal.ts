import { SecretSeal } from '../api-keys/secret-seal.js';

/** The seal of an installation that the tests make up. */
export const TEST_SEAL = new SecretSeal([Buffer.alloc(32, 1)]);
