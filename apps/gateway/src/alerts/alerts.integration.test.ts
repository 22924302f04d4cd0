import { describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import type { Received } from '../testing/receiver.js';
import { noteOperatorEvent, type OperatorEvent } from '../operator-events/operator-events.js';
import { stopSendingByHand } from '../orders/sending/guard/stop-sending.js';
import { ALERTED_DIRECTLY } from './alert-channel.js';
import { AlertTester } from './alert-tester.js';
import { ALERT_SECRET, createAlerts, targetOf } from './testing/deliver-alerts.js';
import { bodiesOf, setUpEnvironment, storyOf, untilCalls } from './testing/environment.js';

const PRICE: OperatorEvent = {
  kind: 'tariff.price-changed',
  severity: 'warning',
  message: 'Tariff 2671 costs 90 roubles now; it was 80.',
  details: { tariffId: '2671' },
};

function verify({ body, headers }: Received): unknown {
  return new Webhook(ALERT_SECRET).verify(body, headers as Record<string, string>);
}

describe('alerts', () => {
  const { pool, receive, deliver, open, close, untilNothingWaits } = setUpEnvironment();

  it('go out once when a state opens and once when it closes, signed, with a Russian sentence and the entry of the runbook', async () => {
    const receiver = await receive();
    await deliver([targetOf('ops', receiver.url)]);
    await open('sending.paused', 'critical', 'Sending pauses: HTTP 502.');
    await open('sending.paused');
    await open('sending.outside-window', 'info');
    await untilCalls(receiver, 1);
    await close('sending.paused');
    await close('sending.paused');
    await untilCalls(receiver, 2);
    await untilNothingWaits();

    expect(storyOf(receiver)).toEqual(['alert.opened sending.paused', 'alert.closed sending.paused']);
    const { rows } = await pool().query<{ id: string }>(`select id from operator_events where kind = 'sending.paused'`);
    const eventId = rows[0]?.id;
    const [opened, closed] = bodiesOf(receiver);
    expect(opened?.data).toMatchObject({
      eventId,
      severity: 'critical',
      closedAt: null,
      sentence: { en: 'Sending pauses: HTTP 502.', ru: expect.stringMatching(/^Отправка приостановлена/) },
      whatToDo: { ru: expect.stringContaining('GET /admin/sending') },
      runbook: {
        en: 'https://docs.test/runbook.md#sendingpaused',
        ru: 'https://docs.test/runbook.ru.md#sendingpaused',
      },
    });
    const openedAt = opened?.data.openedAt;
    expect(closed?.data).toMatchObject({ eventId, openedAt, closedAt: expect.any(String) });
    const ids = receiver.received.map(({ headers }) => headers['webhook-id']);
    expect(ids).toEqual([`alert_${eventId}_opened`, `alert_${eventId}_closed`]);
    for (const call of receiver.received) expect(verify(call)).toEqual(JSON.parse(call.body));
    expect(() => verify({ ...receiver.received[0]!, body: '{}' })).toThrow('signature');
  });

  it('repeat nothing that a person has typed: they have the symptom in place of the message', async () => {
    const receiver = await receive();
    await deliver([targetOf('ops', receiver.url)]);
    await stopSendingByHand(pool(), { who: 'ops', why: 'Иван Петров, +79161234567, asked for it' });
    await untilCalls(receiver, 1);
    expect(receiver.received[0]?.body).toContain('A person has stopped sending.');
    for (const trace of ['Петров', '9161234567']) expect(receiver.received[0]?.body).not.toContain(trace);
  });

  it('about moments of one kind that wait together are one, which says how many more there are', async () => {
    let isUp = false;
    const receiver = await receive((response) => void response.writeHead(isUp ? 204 : 503).end());
    await deliver([targetOf('ops', receiver.url)]);
    await noteOperatorEvent(pool(), PRICE);
    await untilCalls(receiver, 1);
    for (let count = 0; count < 3; count += 1) await noteOperatorEvent(pool(), PRICE);
    isUp = true;
    await untilNothingWaits();
    const bodies = bodiesOf(receiver);
    // The first one was on its way alone; every attempt says the same.
    expect(bodies.slice(0, -1).map(({ data }) => data.more)).not.toContain(2);
    expect(bodies.at(-1)?.data).toMatchObject({ kind: 'tariff.price-changed', more: 2 });
  });

  it('about states that were sent directly are not made again', async () => {
    const receiver = await receive();
    await deliver([targetOf('ops', receiver.url)]);
    await pool().query(
      `insert into operator_events (kind, severity, message, details, closed_at)
       values ('database.away', 'critical', 'PostgreSQL does not answer.', $1, null)`,
      [JSON.stringify(ALERTED_DIRECTLY)],
    );
    await close('database.away');
    const { rowCount } = await pool().query('select from alert_deliveries');
    expect(rowCount).toBe(0);
  });

  it('are tried by a test, which says per target what came back, and is in the audit', async () => {
    const [ops, moved] = [await receive(), await receive((response) => void response.writeHead(404).end())];
    const targets = [
      targetOf('ops', ops.url),
      targetOf('moved', moved.url),
      targetOf('inside', 'http://10.0.0.5/hook'),
    ];
    const { sender } = createAlerts(pool(), targets);
    const tester = new AlertTester(pool(), sender, { targets, runbookUrl: 'https://docs.test' });
    expect(await tester.test({ who: 'ops', why: 'a new target' })).toMatchObject([
      { name: 'ops', form: 'standard', outcome: 'delivered', httpStatus: 204 },
      { name: 'moved', outcome: 'refused', httpStatus: 404 },
      { name: 'inside', outcome: 'forbidden-target', detail: expect.stringContaining('ALERT_ALLOWED_NETWORKS') },
    ]);
    expect(ops.received.map(verify)).toMatchObject([
      { type: 'alert.test', data: { sentence: { ru: expect.stringContaining('проверка') } } },
    ]);
    const { rows } = await pool().query(`select who, action, why, details from audit where action = 'alerts.test'`);
    const details = { targets: ['ops', 'moved', 'inside'] };
    expect(rows).toEqual([{ who: 'ops', action: 'alerts.test', why: 'a new target', details }]);
  });
});
