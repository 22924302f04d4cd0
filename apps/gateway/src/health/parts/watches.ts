import type { Config } from '../../config/config.js';
import { BreakerState } from './breaker-state.js';
import { CallWatch } from './call-watch.js';
import { NameServers } from './name-servers.js';
import { Parts } from './parts.js';
import { tryConnection } from './try-connection.js';

/** The parts of this process, and those who note what its own work says of them. */
export class Watches {
  readonly parts = new Parts();
  readonly nameServers = new NameServers();
  readonly partner: CallWatch | undefined;
  readonly ownSystem: CallWatch | undefined;
  /** Of the own system. */
  readonly breaker: BreakerState | undefined;

  constructor({ roles, troika, koshelek }: Config) {
    const source = koshelek?.cardProgramSource;
    const isCaller = roles.has('worker') && troika !== undefined;
    this.partner = isCaller ? this.watchCalls('partner', troika, troika.silentAfterMs) : undefined;
    this.breaker = source?.kind === 'http' ? new BreakerState() : undefined;
    this.ownSystem = source?.kind === 'http' ? this.watchCalls('own-system', source) : undefined;
  }

  private watchCalls(name: 'partner' | 'own-system', { url, proxy }: Called, silentAfterMs?: number): CallWatch {
    const address = new URL(url);
    this.nameServers.needFor(proxy?.host ?? address.hostname);
    return new CallWatch(this.parts.add(name), (limit) => tryConnection(address, proxy, limit), silentAfterMs);
  }
}

type Called = { readonly url: string; readonly proxy?: Parameters<typeof tryConnection>[1] };
