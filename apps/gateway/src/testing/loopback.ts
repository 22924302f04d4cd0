import { NameResolver } from '../egress/name-resolver.js';
import { parseNetwork } from '../egress/special-networks.js';

export const LOOPBACK = ['127.0.0.0/8', '::1/128'].map((text) => parseNetwork(text)!);

/** For suites whose receivers have no name but localhost. */
export const RESOLVER = new NameResolver({ servers: [], concurrency: 16 });
