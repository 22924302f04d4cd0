import { describe, expect, it } from '@jest/globals';
import { signWebhook } from './sign-webhook.js';

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
