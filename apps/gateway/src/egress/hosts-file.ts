import { readFileSync, statSync } from 'node:fs';
import { isIP } from 'node:net';

const HOSTS_FILE = '/etc/hosts';

/**
 * The names in this machine's hosts file. The file is short, local, and read only when it has changed: synchronously,
 * so that it occupies no thread of the pool.
 */
export class HostsFile {
  private changedAt: number | undefined;
  private names: ReadonlyMap<string, readonly string[]> = new Map();

  constructor(private readonly path = HOSTS_FILE) {}

  /**
   * @param name in lower case;
   * @returns its addresses, empty when the file does not have it
   */
  addressesOf(name: string): readonly string[] {
    const changedAt = statSync(this.path, { throwIfNoEntry: false })?.mtimeMs;
    if (changedAt !== this.changedAt) {
      this.names = changedAt === undefined ? new Map() : readNames(readFileSync(this.path, 'utf8'));
      this.changedAt = changedAt;
    }
    return this.names.get(name) ?? [];
  }
}

function readNames(text: string): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, readonly string[]>();
  for (const line of text.split('\n')) {
    const [address = '', ...given] = line.replace(/#.*/, '').trim().split(/\s+/);
    // Our connections cannot use a zone (fe80::1%eth0).
    if (isIP(address) === 0 || address.includes('%')) continue;
    for (const name of given) names.set(name.toLowerCase(), [...(names.get(name.toLowerCase()) ?? []), address]);
  }
  return names;
}
