import { Closers } from './closers.js';
import { startGateway, type GatewayProcess } from './gateway-process.js';
import { startGatewayOn, type Programme } from './programmes.js';
import { openSurroundings, type Surroundings, type SurroundingsOptions } from './surroundings.js';

export type Env = Readonly<Record<string, string>>;

export interface GatewayGroupOptions extends SurroundingsOptions {
  /** What every gateway of the group is given, besides where to find its surroundings. */
  readonly env?: Env;
  /** Where the cards are; the built-in programme unless given. */
  readonly programme?: Programme;
}

/** Gateways of one company that stand on the same surroundings, and end before these. */
export class GatewayGroup {
  /** All that were started since the surroundings were opened, in order. */
  readonly started: GatewayProcess[] = [];
  private readonly closers = new Closers();
  private readonly pending = new Set<Promise<unknown>>();
  private ofCase: GatewayProcess[] = [];
  private surroundings: Surroundings['env'] = { DATABASE_URL: '' };

  constructor(private readonly options: GatewayGroupOptions) {}

  async open(): Promise<Surroundings> {
    this.started.length = 0;
    const opening = openSurroundings(this.options, this.closers);
    const surroundings = await this.untilDone(opening);
    this.surroundings = surroundings.env;
    return surroundings;
  }

  /** @param env what this gateway is given otherwise */
  async start(env: Env = {}): Promise<GatewayProcess> {
    const { programme } = this.options;
    const all: Surroundings['env'] = { ...this.surroundings, ...this.options.env, ...env };
    const gateway = await this.untilDone(programme === undefined ? startGateway(all) : startGatewayOn(programme, all));
    this.started.push(gateway);
    return gateway;
  }

  /** Starts a gateway that ends with the present case. */
  async startForCase(env?: Env): Promise<GatewayProcess> {
    const gateway = await this.start(env);
    this.ofCase.push(gateway);
    return gateway;
  }

  /** What was started for all cases until now is not the case's. */
  beginCase(): void {
    this.ofCase = [];
  }

  async endCase(): Promise<void> {
    await stopAll(this.ofCase);
  }

  /** Ends everything, also what is only about to start. */
  async close(): Promise<void> {
    await Promise.allSettled(this.pending);
    this.closers.add(() => stopAll(this.started));
    await this.closers.closeAll();
  }

  private async untilDone<T>(work: Promise<T>): Promise<T> {
    this.pending.add(work);
    try {
      return await work;
    } finally {
      this.pending.delete(work);
    }
  }
}

async function stopAll(gateways: readonly GatewayProcess[]): Promise<void> {
  await Promise.all(gateways.map((gateway) => gateway.stop()));
}
