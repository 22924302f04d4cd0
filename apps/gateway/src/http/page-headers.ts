/**
 * The headers of a page of ours, beside those of every answer: it sends no referrer and shares nothing with other origins.
 *
 * @param policy its Content-Security-Policy, a directive each
 */
export function pageHeaders(policy: readonly string[]): Readonly<Record<string, string>> {
  return {
    'content-security-policy': policy.join('; '),
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
  };
}
