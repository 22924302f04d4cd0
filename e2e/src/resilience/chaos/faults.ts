import { setTimeout as delay } from 'node:timers/promises';
import type { Outage } from './audit.js';
import type { Kill } from './plan.js';
import { LEASE_MARGIN_MS, type Environment } from './environment.js';

/** What can be taken away again only once it is back; kills of it that fall together happen one after the other. */
export type Back = Record<'postgres' | 'redis' | 'partner' | 'receiver' | 'names' | 'disk', Promise<unknown>>;

export interface Play {
  readonly environment: Environment;
  readonly back: Back;
  readonly workerKills: number[];
  readonly outages: Outage[];
  readonly timeoutMs: number;
}

/** Takes a victim away, and brings it back after its time. */
export async function play({ victim, downMs }: Kill, index: number, given: Play): Promise<unknown> {
  const { environment, back, workerKills, timeoutMs } = given;
  switch (victim) {
    case 'worker':
      workerKills.push(Date.now());
      return await environment.workers.kill(index, downMs);
    case 'worker-paused':
      // What it was sending is taken from it as from a dead one.
      workerKills.push(Date.now());
      return await environment.workers.pause(index, timeoutMs + LEASE_MARGIN_MS + downMs);
    case 'orders':
      return await environment.gateways.kill(index, downMs);
    case 'postgres':
      return await (back.postgres = back.postgres.then(async () => {
        await environment.postgres.kill();
        await delay(downMs);
        await environment.postgres.restart();
      }));
    case 'redis':
      return await (back.redis = back.redis.then(() => environment.redis?.restart(downMs)));
    case 'receiver-hanging':
      return await (back.receiver = back.receiver.then(() => environment.callbacks.hang(timeoutMs + downMs)));
    case 'names-silent':
      return await (back.names = back.names.then(() => environment.callbacks.silenceNames(timeoutMs + downMs)));
    case 'disk-full':
      return await (back.disk = back.disk.then(() => environment.disk?.fill(timeoutMs + downMs)));
    case 'partner-away':
    case 'partner-silent':
    case 'partner-failing':
      return await (back.partner = back.partner.then(async () => {
        const outage = await takePartnerAway(victim, environment, { downMs, timeoutMs });
        given.outages.push({ kind: victim, ...outage });
      }));
  }
}

async function takePartnerAway(
  victim: Outage['kind'],
  environment: Environment,
  { downMs, timeoutMs }: { downMs: number; timeoutMs: number },
): Promise<Pick<Outage, 'from' | 'to'>> {
  switch (victim) {
    case 'partner-away':
      return await beAway(environment, downMs);
    case 'partner-silent':
      // Silent for longer than every time limit.
      return await beSilent(environment, timeoutMs + downMs);
    case 'partner-failing':
      return await beFailing(environment, downMs);
  }
}

async function beFailing({ sandbox }: Environment, downMs: number): Promise<Pick<Outage, 'from' | 'to'>> {
  const from = Date.now();
  await sandbox.failAlways(true);
  await delay(downMs);
  await sandbox.failAlways(false);
  return { from, to: Date.now() };
}

async function beAway({ partnerLine }: Environment, downMs: number): Promise<Pick<Outage, 'from' | 'to'>> {
  const from = Date.now();
  await partnerLine.cut();
  await delay(downMs);
  await partnerLine.mend();
  return { from, to: Date.now() };
}

async function beSilent({ sandbox }: Environment, downMs: number): Promise<Pick<Outage, 'from' | 'to'>> {
  const from = Date.now();
  sandbox.send('SIGSTOP');
  await delay(downMs);
  sandbox.send('SIGCONT');
  return { from, to: Date.now() };
}
