import { Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import { HostsFile } from '../../egress/hosts-file.js';

/** Of one server: another one is asked within the limit of a look. */
const TRY_MS = 700;
/** No server has answered; any other error is an answer. */
const SILENT: ReadonlySet<string> = new Set(['ETIMEOUT', 'ECONNREFUSED', 'ECANCELLED']);

interface Servers {
  /** As `address` or `address:port`; none: the system's. */
  readonly addresses: readonly string[];
  /** A name that they know. */
  known: string | undefined;
}

/** Whether the name servers that this process needs answer. Those that nothing has needed yet are not asked. */
export class NameServers {
  private readonly needed = new Map<string, Servers>();
  private readonly hostsFile = new HostsFile();

  /** Names are asked of these servers. @param known one that they know */
  need(addresses: readonly string[], known?: string): void {
    const key = addresses.join();
    const servers = this.needed.get(key) ?? { addresses, known };
    servers.known = known ?? servers.known;
    this.needed.set(key, servers);
  }

  /** The host of this address is called; an address or a name of the hosts file needs no server. */
  needFor(host: string): void {
    const isLocal = isIP(host.replace(/^\[(.*)\]$/, '$1')) !== 0 || host === 'localhost' || host.endsWith('.localhost');
    if (!isLocal && this.hostsFile.addressesOf(host).length === 0) this.need([], host);
  }

  readonly look = async (limit: AbortSignal): Promise<boolean | undefined> => {
    if (this.needed.size === 0) return undefined;
    const found = await Promise.all([...this.needed.values()].map((servers) => answers(servers, limit)));
    return found.every(Boolean);
  };
}

/** The root is asked first: it is in every cache. A server that does not say anything of it is asked for a name. */
async function answers({ addresses, known }: Servers, limit: AbortSignal): Promise<boolean> {
  const resolver = new Resolver({ timeout: TRY_MS, tries: 1 });
  if (addresses.length > 0) resolver.setServers(addresses);
  limit.addEventListener('abort', () => resolver.cancel());
  const isAnswer = (asked: Promise<unknown>): Promise<boolean> =>
    asked.then(
      () => true,
      (error: unknown) => !SILENT.has((error as NodeJS.ErrnoException).code ?? ''),
    );
  if (await isAnswer(resolver.resolveNs('.'))) return true;
  return known !== undefined && (await isAnswer(resolver.resolve4(known)));
}
