const DEMO = {
  KOSHELEK_CREDENTIALS: 'koshelek:demo-password',
  ORDERS_API_KEYS: 'demo:demo-orders-key',
  ADMIN_API_KEYS: 'demo:demo-admin-key',
  CALLBACK_SECRETS: 'demo:whsec_ZGVtby1jYWxsYmFjay1zZWNyZXQtb2YtbnBtLXN0YXJ0',
};

/** The order of the vendor's own example. */
const ORDER =
  '{"order":{"orderData":[{"cardNumber":"1234567890","currencyId":"RUB","quantity":1,"tariffId":2671,"type":"owncard"}],' +
  '"phone":"+71044826548"}}';

/**
 * What a person sees once the demo serves: every address, every demo credential, one line to try for each direction.
 * A secret of their own is not printed; the shell reads it from the variable.
 *
 * @param {{ publicUrl?: string, internalUrl: string, sandboxUrl?: string }} urls
 */
export function welcome({ publicUrl, internalUrl, sandboxUrl }) {
  const basePath = process.env.PUBLIC_BASE_PATH || '';
  const login = own('KOSHELEK_CREDENTIALS') ? '"$KOSHELEK_CREDENTIALS"' : DEMO.KOSHELEK_CREDENTIALS;
  const key = own('ORDERS_API_KEYS') ? '${ORDERS_API_KEYS#*:}' : secretOf('ORDERS_API_KEYS');
  const lines = ['', 'Vestibule is serving:', ''];
  if (publicUrl !== undefined) {
    lines.push(
      `  for Кошелёк          ${publicUrl}${basePath}/v1   ${credentials('KOSHELEK_CREDENTIALS', 'login:password')}`,
    );
  }
  lines.push(
    `  for your services    ${internalUrl}/orders   ${credentials('ORDERS_API_KEYS', 'key')}`,
    `  their callbacks      are signed with ${callbackSecret()}   (docs/callbacks.md)`,
    `  their documentation  ${internalUrl}/docs`,
    `  for operators        ${internalUrl}/console   ${credentials('ADMIN_API_KEYS', 'admin key')}`,
    `  for probes           ${internalUrl}/admin/health/ready`,
  );
  if (sandboxUrl !== undefined) {
    lines.push(`  instead of Тройка    ${sandboxUrl}/_control/orders   (what it has executed)`);
  }
  lines.push('', 'Ask for a card, as Кошелёк does:', '');
  if (publicUrl !== undefined) {
    lines.push(`curl -i -u ${login} '${publicUrl}${basePath}/v1/card?msisdn=79161234567'`, '');
  }
  lines.push('Order a ticket, as your services do:', '');
  lines.push(
    `curl -i ${internalUrl}/orders -H "Authorization: Bearer ${key}" -H "Idempotency-Key: $(date +%s)" ` +
      `-H 'Content-Type: application/json' -d '${ORDER}'`,
    '',
    'Ctrl-C stops it all.',
    '',
  );
  return lines.join('\n');
}

/** The demo's own secret is public. */
function callbackSecret() {
  return own('CALLBACK_SECRETS') ? 'what CALLBACK_SECRETS has' : secretOf('CALLBACK_SECRETS');
}

function own(name) {
  return Boolean(process.env[name] || process.env[`${name}_FILE`]);
}

function secretOf(name) {
  return DEMO[name].split(':')[1];
}

function credentials(name, what) {
  return own(name)
    ? `(${what}: as ${name} has it)`
    : `(${what} ${name === 'KOSHELEK_CREDENTIALS' ? DEMO[name] : secretOf(name)})`;
}
