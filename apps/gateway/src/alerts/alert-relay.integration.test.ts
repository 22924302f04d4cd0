import { describe, expect, it } from '@jest/globals';
import { until } from '../testing/until.js';
import { listTargets, noteTargets } from './outbox/target-records.js';
import { createAlerts, targetOf } from './testing/deliver-alerts.js';
import { setUpEnvironment, storyOf, untilCalls } from './testing/environment.js';

describe('the delivery of alerts', () => {
  const { pool, receive, deliver, open, close, untilNothingWaits } = setUpEnvironment();

  it('keeps their order at a target that fails, and lets no other target wait for it', async () => {
    const failing = await receive((response, _call, turn) => void response.writeHead(turn <= 3 ? 500 : 204).end());
    const working = await receive();
    const { metrics } = await deliver([targetOf('failing', failing.url), targetOf('working', working.url)]);
    await open('queue.refuses');
    await open('database.disk-full');
    await close('queue.refuses');
    await untilNothingWaits();
    const story = ['alert.opened queue.refuses', 'alert.opened database.disk-full', 'alert.closed queue.refuses'];
    expect(storyOf(working)).toEqual(story);
    expect(storyOf(failing)).toEqual([...Array.from({ length: 3 }, () => story[0]), ...story]);
    const ids = failing.received.slice(0, 4).map(({ headers }) => headers['webhook-id']);
    expect(new Set(ids).size).toBe(1);
    const { text } = await metrics.expose();
    expect(text).toContain('vestibule_alert_attempts_total{target="failing",outcome="refused"} 3');
    expect(text).toContain('vestibule_alert_attempts_total{target="working",outcome="delivered"} 3');
  });

  it('does not wait for a target that is not there, which operators see with what waits and why', async () => {
    const [closed, working] = [await receive(), await receive()];
    await closed.close();
    const targets = [targetOf('gone', closed.url), targetOf('working', working.url)];
    const { metrics } = await deliver(targets);
    await open('queue.refuses');
    await untilCalls(working, 1);
    const [gone, other] = await until('the failure is known', async () => {
      const found = await listTargets(pool());
      return found[0]?.state === 'failing' && found[1]?.waiting === 0 ? found : undefined;
    });
    expect(gone).toMatchObject({ name: 'gone', waiting: 1, lastFailure: 'The connection was refused.' });
    expect(other).toMatchObject({ name: 'working', state: 'working', lastFailure: null });
    await until('the metric knows', async () => {
      const { text } = await metrics.expose();
      return text.includes('vestibule_alerts_waiting{target="gone"} 1') || undefined;
    });
  });

  it('is repeated, under the same id, when the process has died in the middle of an attempt', async () => {
    const receiver = await receive((response, _call, turn) => void (turn > 1 && response.writeHead(204).end()));
    const first = createAlerts(pool(), [targetOf('ops', receiver.url)], { leaseMs: 300 });
    await first.relay.start();
    await open('queue.refuses');
    await untilCalls(receiver, 1);
    // It gets no answer any more, and does nothing any more.
    const enough = new AbortController();
    const stopped = first.relay.stop(enough.signal);
    enough.abort();
    await stopped;
    await deliver([targetOf('ops', receiver.url)]);
    await untilCalls(receiver, 2);
    await untilNothingWaits();
    const [one, two] = receiver.received;
    expect(two?.body).toBe(one?.body);
    expect(two?.headers['webhook-id']).toBe(one?.headers['webhook-id']);
  });

  it('deletes a target that no process has had for a day, with what waits for it', async () => {
    const receiver = await receive();
    await noteTargets(pool(), [targetOf('former', receiver.url)]);
    await open('queue.refuses');
    await pool().query(`update alert_targets set seen_at = now() - interval '25 hours'`);
    await deliver([targetOf('ops', receiver.url)]);
    expect((await listTargets(pool())).map(({ name }) => name)).toEqual(['ops']);
    await untilNothingWaits();
    // It was not there yet when the state began.
    await close('queue.refuses');
    await untilNothingWaits();
    expect(storyOf(receiver)).toEqual([]);
  });

  it('of several processes is made once, in order', async () => {
    const receiver = await receive();
    for (let count = 0; count < 3; count += 1) await deliver([targetOf('ops', receiver.url)]);
    for (let round = 0; round < 5; round += 1) {
      await open('queue.refuses');
      await close('queue.refuses');
    }
    await untilNothingWaits();
    const story = Array.from({ length: 5 }, () => ['alert.opened queue.refuses', 'alert.closed queue.refuses']).flat();
    expect(storyOf(receiver)).toEqual(story);
  });
});
