import type { Server, Socket } from 'node:net';
import { isFromOneOf, parseAddresses, type AddressRange } from '../../egress/special-networks.js';
import type { Metrics } from '../../metrics/metrics.js';
import { addressGroup } from '../auth/address-group.js';
import type { ListenerName } from '../auth/failed-logins.js';
import { callerOf } from './caller-of.js';
import type { ConnectionLimits } from './connection-limits.js';

/** A time in which connections were refused. */
export interface Saturation {
  readonly limit: 'address' | 'total';
  /** Whose connection was refused. */
  readonly address: string;
}

/** A saturation is over when nothing was refused for so long. */
const WINDOW_MS = 60_000;
/** Refused connections that read why at once; further ones are cut off, so that refusing costs us little. */
const MOST_ANSWERED = 100;

/**
 * The connections of one listener: counts them, and refuses those beyond its limits. Once there is no room at all, a connection
 * on which no one has logged in gives way to a new one.
 */
export class Admission {
  private open = 0;
  private answered = 0;
  private readonly byAddress = new Map<string, number>();
  /** Connections on which no one has logged in yet, oldest first. */
  private readonly strangers = new Map<string, Socket>();
  private readonly trusted = new WeakSet<Socket>();
  private last: Saturation | undefined;
  private endsAt = 0;
  private readonly proxies: readonly AddressRange[];

  /** @param proxies addresses and networks that speak for many callers: the limit per address is not for them */
  constructor(
    readonly listener: ListenerName,
    private readonly limits: ConnectionLimits,
    private readonly metrics: Metrics,
    proxies: readonly string[] = [],
    private readonly windowMs = WINDOW_MS,
  ) {
    this.proxies = proxies.map(parseAddresses).filter((range) => range !== undefined);
  }

  /**
   * Lets a server see only the connections that are let in. It belongs in front of everything else that listens for them.
   *
   * @param answer tells a refused caller why; absent where a caller must not be answered in clear
   */
  guard(server: Server, answer?: (socket: Socket) => void): void {
    const handlers = server.listeners('connection') as ((this: Server, socket: Socket) => void)[];
    server.removeAllListeners('connection');
    server.on('connection', (socket: Socket) => {
      if (this.admits(socket)) for (const handle of handlers) handle.call(server, socket);
      else this.turnAway(socket, answer);
    });
  }

  /** Someone has logged in on this connection: it does not give way to another. */
  trust(socket: Socket): void {
    if (this.trusted.has(socket)) return;
    this.trusted.add(socket);
    this.strangers.delete(callerOf(socket));
  }

  /** The present saturation; over when nothing was refused for a minute. */
  saturation(): Saturation | undefined {
    return performance.now() < this.endsAt ? this.last : undefined;
  }

  private admits(socket: Socket): boolean {
    const { remoteAddress = '' } = socket;
    const address = addressGroup(remoteAddress);
    const ofAddress = this.byAddress.get(address) ?? 0;
    if (ofAddress >= this.limits.perAddress && !isFromOneOf(remoteAddress, this.proxies)) {
      return this.refuse('address', address);
    }
    if (this.open >= this.limits.total && !this.makeRoom(address)) return false;
    const caller = callerOf(socket);
    this.open += 1;
    this.byAddress.set(address, ofAddress + 1);
    this.strangers.set(caller, socket);
    socket.once('close', () => this.leave(address, caller));
    return true;
  }

  /** The oldest stranger goes: who means well has logged in by the time that so many others have come. */
  private makeRoom(address: string): boolean {
    this.refuse('total', address);
    const [oldest] = this.strangers;
    if (oldest === undefined) return false;
    const [caller, socket] = oldest;
    this.strangers.delete(caller);
    socket.destroy();
    return true;
  }

  private leave(address: string, caller: string): void {
    this.open -= 1;
    this.strangers.delete(caller);
    const left = (this.byAddress.get(address) ?? 1) - 1;
    if (left === 0) this.byAddress.delete(address);
    else this.byAddress.set(address, left);
  }

  private refuse(limit: Saturation['limit'], address: string): false {
    this.metrics.refusedConnections.inc({ listener: this.listener, limit });
    if (this.saturation() === undefined) this.last = { limit, address };
    this.endsAt = performance.now() + this.windowMs;
    return false;
  }

  private turnAway(socket: Socket, answer: ((socket: Socket) => void) | undefined): void {
    // It may be gone already, and no one else takes the error.
    socket.on('error', () => socket.destroy());
    if (answer === undefined || this.answered >= MOST_ANSWERED) {
      socket.destroy();
      return;
    }
    this.answered += 1;
    socket.once('close', () => (this.answered -= 1));
    socket.resume();
    answer(socket);
  }
}
