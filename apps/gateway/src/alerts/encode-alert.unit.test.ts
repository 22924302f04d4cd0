import { describe, expect, it } from '@jest/globals';
import { composeAlert, type Alert } from './alert.js';
import { encodeAlert } from './encode-alert.js';
import type { AlertForm } from './alert-target.js';

const LINKS = { runbookUrl: 'https://docs.test', consoleUrl: 'https://vestibule.test/console' };
const OPENED = composeAlert(
  {
    eventId: '12',
    kind: 'callback.disabled',
    severity: 'warning',
    message: 'Callbacks of "shop" <to> shop.example.com & @channel are disabled.',
    details: { host: 'shop.example.com', producer: 'shop', why: 'gone', failures: 5 },
    openedAt: new Date('2026-03-01T22:14:03Z'),
    closedAt: null,
  },
  { id: 'alert_12_opened', phase: 'opened', more: 3 },
  LINKS,
);
const TEXT = `🟡 callback.disabled
Обратные вызовы на адрес отправителя заказов отключены. Отправитель: shop; узел: shop.example.com; неудач подряд: 5.
Callbacks of "shop" <to> shop.example.com & @channel are disabled.
И ещё 3 таких. And 3 more of them.
Что делать: Сообщите отправителю. Он включит адрес снова: POST /callbacks/endpoints/{id}/enable. https://docs.test/runbook.ru.md#callbackdisabled
https://vestibule.test/console#/overview
2026-03-01T22:14:03.000Z · 12`;

function encode(form: AlertForm, url: string, alert: Alert = OPENED): { url: string; body: unknown } {
  const encoded = encodeAlert(alert, { form, url });
  return { url: encoded.url, body: JSON.parse(encoded.body.toString()) as unknown };
}

describe('the body of an alert', () => {
  it('for Telegram has the text and what the query of the address says, which is not in the address any more', () => {
    const given = 'https://api.telegram.org/bot1:T/sendMessage?chat_id=-100123&message_thread_id=7';
    expect(encode('telegram', given)).toEqual({
      url: 'https://api.telegram.org/bot1:T/sendMessage',
      body: { chat_id: '-100123', message_thread_id: '7', text: TEXT, disable_web_page_preview: true },
    });
  });

  it('for Slack and Mattermost calls no one who is not in the chat', () => {
    const { body: slack } = encode('slack', 'https://hooks.slack.com/services/x');
    expect((slack as { text: string }).text).toContain('"shop" &lt;to&gt; shop.example.com &amp; @channel');
    const { body: mattermost } = encode('mattermost', 'https://chat.example.com/hooks/x');
    expect((mattermost as { text: string }).text).toContain('& @\u200Bchannel');
  });

  it.each([
    ['an order', { kind: 'order.same-id', details: { orderId: 'o-1' } }, '#/orders/o-1'],
    ['orders that wait for a decision', { kind: 'orders.unknown', details: {} }, '#/waiting'],
    ['anything else', { kind: 'fund.low', details: {} }, '#/overview'],
  ])('about %s leads to its page of the console', (_, event, page) => {
    const alert = composeAlert({ ...OPENED, message: '', ...event }, { id: 'a', phase: 'opened' }, LINKS);
    expect(alert.console).toBe(`https://vestibule.test/console${page}`);
  });

  it('is cut where it is longer than a chat takes', () => {
    const { body } = encode('slack', 'https://hooks.slack.com/services/x', {
      ...OPENED,
      sentence: { en: 'x'.repeat(10_000), ru: 'Я' },
    });
    expect((body as { text: string }).text.length).toBeLessThan(4_000);
  });

  it('of an end says that it is over, with both times and without what to do', () => {
    const closed = composeAlert(
      { ...OPENED, message: '', details: { host: 'x' }, closedAt: new Date('2026-03-01T23:00:00Z') },
      { id: 'alert_12_closed', phase: 'closed' },
      LINKS,
    );
    expect((encode('mattermost', 'https://chat.example.com/hooks/x', closed).body as { text: string }).text).toBe(
      `✅ callback.disabled
Закончилось: Обратные вызовы на адрес отправителя заказов отключены.
It is over: Callbacks to an address of a producer are disabled.
2026-03-01T22:14:03.000Z – 2026-03-01T23:00:00.000Z · 12`,
    );
  });
});
