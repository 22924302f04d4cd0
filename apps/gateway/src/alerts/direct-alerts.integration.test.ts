import { afterEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { pino } from 'pino';
import { Conditions, type Condition } from '../health/conditions.js';
import { startReceiver, type Answer, type Receiver } from '../testing/receiver.js';
import { until } from '../testing/until.js';
import type { DirectAlert } from './alert-channel.js';
import { createAlerts, targetOf } from './testing/deliver-alerts.js';

const AWAY: DirectAlert = {
  kind: 'database.away',
  severity: 'critical',
  message: 'PostgreSQL does not answer.',
  openedAt: new Date('2026-03-01T22:14:03Z'),
};
const REDIS: Condition = { kind: 'redis.away', severity: 'critical', message: 'Redis does not answer.' };

describe('without PostgreSQL', () => {
  // No server is there.
  const pool = new pg.Pool({ connectionString: 'postgres://127.0.0.1:1/none' });
  const stops: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (let stop = stops.pop(); stop !== undefined; stop = stops.pop()) await stop();
  });

  async function start(answer?: Answer) {
    const receiver = await startReceiver(answer);
    const { direct } = createAlerts(pool, [targetOf('gone', 'http://127.0.0.1:1/hook'), targetOf('ops', receiver.url)]);
    stops.push(
      () => receiver.close(),
      () => direct.stop(),
    );
    return { receiver, direct };
  }
  const storyOf = ({ received }: Receiver): string[] =>
    received.map(({ body }) => {
      const { type, data } = JSON.parse(body) as { type: string; data: { kind: string } };
      return `${type} ${data.kind}`;
    });
  const untilStory = async (receiver: Receiver, ...story: string[]) => {
    await until('the story', () => (receiver.received.length >= story.length ? true : undefined));
    expect(storyOf(receiver)).toEqual(story);
  };

  it('a state is sent once from memory when it begins, and its end once', async () => {
    const { receiver, direct } = await start();
    expect(direct.alertDirectly(AWAY)).toBe(true);
    direct.alertDirectly(AWAY);
    await untilStory(receiver, 'alert.opened database.away');
    direct.alertDirectly(AWAY);
    direct.endDirectly('database.away', new Date('2026-03-01T22:20:00Z'));
    direct.endDirectly('database.away', new Date());
    direct.endDirectly('redis.away', new Date());
    await untilStory(receiver, 'alert.opened database.away', 'alert.closed database.away');
    expect(JSON.parse(receiver.received[1]?.body ?? '')).toMatchObject({
      data: {
        eventId: null,
        openedAt: '2026-03-01T22:14:03.000Z',
        closedAt: '2026-03-01T22:20:00.000Z',
        sentence: { ru: 'Закончилось: PostgreSQL не отвечает.' },
      },
    });
  });

  it('what a target does not take is repeated in order, under its id', async () => {
    const { receiver, direct } = await start(
      (response, _call, turn) => void response.writeHead(turn > 2 ? 204 : 500).end(),
    );
    direct.alertDirectly(AWAY);
    direct.endDirectly('database.away', new Date());
    await until('both have arrived', () => (receiver.received.length >= 4 ? true : undefined));
    const ids = receiver.received.map(({ headers }) => headers['webhook-id']);
    expect(new Set(ids.slice(0, 3)).size).toBe(1);
    expect(storyOf(receiver).at(-1)).toBe('alert.closed database.away');
  });

  it('each condition that begins is alerted though its event cannot be written', async () => {
    const { receiver, direct } = await start();
    const conditions = new Conditions(pool, pino({ level: 'silent' }), direct);
    conditions.report(['redis.away'], [REDIS]);
    await conditions.reported();
    await untilStory(receiver, 'alert.opened redis.away');
    conditions.report(['redis.away'], [REDIS]);
    await conditions.reported();
    conditions.report(['redis.away'], []);
    await untilStory(receiver, 'alert.opened redis.away', 'alert.closed redis.away');
  });
});
