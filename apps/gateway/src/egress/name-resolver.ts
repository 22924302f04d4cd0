import type { LookupAddress } from 'node:dns';
import { Resolver } from 'node:dns/promises';
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import type { Resolve } from './checked-lookup.js';
import { HostsFile } from './hosts-file.js';

export interface ResolverRules {
  /** Name servers, as `address` or `address:port`; none: the system's. */
  readonly servers: readonly string[];
  /** Names resolved at once; others wait, within their time limit. */
  readonly concurrency: number;
  /** Of one name, over all servers. */
  readonly limitMs?: number;
  /** Called after the servers were asked about a name; it is given when they knew it. */
  readonly onAsked?: (known?: string) => void;
}

/** A name has no known address; `code` is the error of the name servers. */
export class LookupError extends Error {
  constructor(
    readonly code: string,
    /** No server answered in time. */
    readonly isTimeout: boolean,
  ) {
    super(isTimeout ? 'the name servers did not answer in time' : `the name was not found (${code})`);
  }
}

const LIMIT_MS = 5_000;
/** Of one server: another one is asked before the time is up. */
const TRY_MS = 1_000;
const TRIES = 2;
/** How long an answer is cached, an error too. */
const KEEP_MS = 5_000;
const LOOPBACK: readonly LookupAddress[] = ['127.0.0.1', '::1'].map(toLookupAddress);
/** The name does not exist, or has no address of this family. */
const NO_ADDRESS = new Set(['ENOTFOUND', 'ENODATA']);
const RESOLVER_SETTINGS = '/etc/resolv.conf';

/**
 * Resolves names from outside, without the threads of `getaddrinfo`: a name whose servers are silent must not affect
 * others. localhost (RFC 6761) and names in /etc/hosts need no query. A name is resolved as written, and if unknown, in
 * the search domains of the system.
 */
export class NameResolver {
  private readonly hostsFile = new HostsFile();
  private readonly answers = new Map<string, Promise<readonly LookupAddress[]>>();
  private readonly waiting = new Set<() => void>();
  private underWay = 0;

  constructor(private readonly rules: ResolverRules) {}

  /** @throws LookupError */
  readonly resolve: Resolve = (host) => {
    const name = host.toLowerCase();
    const known = this.answers.get(name);
    if (known !== undefined) return known;
    const answer = this.look(name);
    this.answers.set(name, answer);
    const deleteLater = (): void => void setTimeout(() => this.answers.delete(name), KEEP_MS).unref();
    answer.then(deleteLater, deleteLater);
    return answer;
  };

  private async look(name: string): Promise<readonly LookupAddress[]> {
    if (name === 'localhost' || name.endsWith('.localhost')) return LOOPBACK;
    const listed = this.hostsFile.addressesOf(name);
    if (listed.length > 0) return listed.map(toLookupAddress);
    const deadline = AbortSignal.timeout(this.rules.limitMs ?? LIMIT_MS);
    await this.takeTurn(deadline);
    try {
      const addresses = await this.ask(name, deadline);
      this.rules.onAsked?.(name);
      return addresses;
    } catch (error) {
      this.rules.onAsked?.();
      throw error;
    } finally {
      this.passTurnOn();
    }
  }

  private async takeTurn(deadline: AbortSignal): Promise<void> {
    if (this.underWay < this.rules.concurrency) {
      this.underWay += 1;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      this.waiting.add(resolve);
      deadline.addEventListener('abort', () => {
        if (this.waiting.delete(resolve)) reject(tooLate());
      });
    });
  }

  private passTurnOn(): void {
    const [next] = this.waiting;
    if (next === undefined) {
      this.underWay -= 1;
      return;
    }
    this.waiting.delete(next);
    next();
  }

  private async ask(name: string, deadline: AbortSignal): Promise<readonly LookupAddress[]> {
    const { servers } = this.rules;
    for (const full of [name, ...(servers.length > 0 ? [] : searchDomains().map((domain) => `${name}.${domain}`))]) {
      const addresses = await askFor(full, servers, deadline);
      if (addresses.length > 0) return addresses;
    }
    throw new LookupError('ENOTFOUND', false);
  }
}

/** @returns an empty list when the name has no address or does not exist */
async function askFor(
  name: string,
  servers: readonly string[],
  deadline: AbortSignal,
): Promise<readonly LookupAddress[]> {
  if (deadline.aborted) throw tooLate();
  // A new one for each query: it uses the system's current servers, and can be cancelled separately.
  const resolver = new Resolver({ timeout: TRY_MS, tries: TRIES });
  if (servers.length > 0) resolver.setServers(servers);
  const cancel = (): void => resolver.cancel();
  deadline.addEventListener('abort', cancel);
  const found = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
  deadline.removeEventListener('abort', cancel);
  const addresses = found.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
  if (addresses.length > 0) return addresses.map(toLookupAddress);
  const codes = found.flatMap((one) => (one.status === 'fulfilled' ? [] : [codeOf(one.reason)]));
  const fault = codes.find((code) => !NO_ADDRESS.has(code));
  if (fault !== undefined) throw new LookupError(fault, fault === 'ETIMEOUT' || fault === 'ECANCELLED');
  return [];
}

function tooLate(): LookupError {
  return new LookupError('ETIMEOUT', true);
}

function searchDomains(): readonly string[] {
  let text: string;
  try {
    text = readFileSync(RESOLVER_SETTINGS, 'utf8');
  } catch {
    // A system without the file has no search domains either.
    return [];
  }
  // The last line of its kind counts (resolv.conf(5)).
  const [, domains = ''] = [...text.matchAll(/^(?:search|domain)\s+(.+)$/gm)].at(-1) ?? [];
  return domains.split(/\s+/).filter((domain) => domain !== '' && domain !== '.');
}

function toLookupAddress(address: string): LookupAddress {
  return { address, family: isIP(address) };
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? 'EUNKNOWN';
}
