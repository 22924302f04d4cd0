import { describe, expect, it } from '@jest/globals';
import { deliveryIdOf, signWebhook, webhookIdOf } from './sign-webhook.js';

describe('signWebhook', () => {
  it('signs as the example of Standard Webhooks has it', () => {
    // libraries/javascript/src/index.test.ts of the standard's own repository.
    const secret = Buffer.from('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'base64');
    const webhook = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', body: Buffer.from('{"test": 2432232314}') };
    expect(signWebhook(webhook, [secret], new Date(1_614_265_330_000))).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });
});

describe('webhookIdOf', () => {
  it('leads to the delivery and back', () => {
    const id = '0f8fad5b-d9cb-469f-a165-70867728950e';
    expect(webhookIdOf(id)).toBe('evt_0f8fad5bd9cb469fa16570867728950e');
    expect(deliveryIdOf(webhookIdOf(id))).toBe(id);
  });

  it.each(['', 'evt_', 'evt_1', `evt_${'g'.repeat(32)}`, `evt_${'0'.repeat(33)}`, '0'.repeat(32)])(
    'leads nowhere from %p',
    (text) => expect(deliveryIdOf(text)).toBeUndefined(),
  );
});
