import { setTimeout as delay } from 'node:timers/promises';
import { postOrder } from '../../harness/api.js';
import type { GatewayProcess } from '../../harness/gateway-process.js';
import { unique } from '../../harness/queues.js';
import type { AcceptedOrder } from './verdict.js';

const PRODUCERS = 4;
const PAUSE_MS = 50;
const TARIFF = { currencyId: 'RUB', quantity: 1, tariffId: 2671, type: 'owncard' };

interface Callable {
  readonly process: GatewayProcess;
  readonly version: { readonly name: string };
}

/** Post orders all the time, each until a process takes it, under its key. */
export class Producers {
  readonly posted: AcceptedOrder[] = [];
  /** What was answered to an order in a way that no producer expects. */
  readonly faults: string[] = [];
  private isOver = false;
  private readonly loops: Promise<void>[];

  /** @param callable those that take calls at the moment */
  constructor(private readonly callable: () => readonly Callable[]) {
    this.loops = Array.from({ length: PRODUCERS }, () => this.produce());
  }

  /** Ends behind the orders that are being posted. */
  async stop(): Promise<void> {
    this.isOver = true;
    await Promise.all(this.loops);
  }

  /** Posts an order again under its key. @returns the status, and the id if there is one */
  async again({ key, cardNumber }: AcceptedOrder, { process }: Callable): Promise<{ status: number; id?: string }> {
    const response = await postOrder(process, { key, body: bodyOf(cardNumber) });
    return { status: response.status, ...((await response.json()) as { id?: string }) };
  }

  private async produce(): Promise<void> {
    while (!this.isOver) {
      const order = { key: unique('upgrade'), cardNumber: nextCard() };
      for (let tries = 0; !(await this.post(order, tries)); tries += 1) await delay(PAUSE_MS);
      await delay(PAUSE_MS);
    }
  }

  /** @returns whether no further try is needed */
  private async post(order: { key: string; cardNumber: string }, tries: number): Promise<boolean> {
    const callable = this.callable();
    const to = callable[(this.posted.length + tries) % callable.length];
    if (to === undefined) return false;
    const response = await postOrder(to.process, { key: order.key, body: bodyOf(order.cardNumber) }).catch(
      () => undefined,
    );
    // It has just ended, or closes its doors.
    if (response === undefined || response.status === 503) return false;
    const body = (await response.json().catch(() => ({}))) as { id?: string };
    if (response.ok && body.id !== undefined) {
      this.posted.push({ ...order, id: body.id, version: to.version.name });
    } else {
      this.faults.push(`${to.version.name} answered ${response.status} to an order: ${JSON.stringify(body)}`);
    }
    return true;
  }
}

let cards = 0;
function nextCard(): string {
  cards += 1;
  return String(cards).padStart(10, '0');
}

function bodyOf(cardNumber: string): object {
  return { order: { orderData: [{ ...TARIFF, cardNumber }], phone: '+71044826548' } };
}
