/** What `npm start` uses when nothing is set. The production entry point refuses every one of them. */
export const DEMO = {
  KOSHELEK_CREDENTIALS: 'koshelek:demo-password',
  ORDERS_API_KEYS: 'demo:demo-orders-key',
  ADMIN_API_KEYS: 'demo:demo-admin-key',
  CALLBACK_SECRETS: 'demo:whsec_ZGVtby1jYWxsYmFjay1zZWNyZXQtb2YtbnBtLXN0YXJ0',
  TROIKA_BASIC_USER: 'demo',
  TROIKA_BASIC_PASSWORD: 'demo-password',
  TROIKA_API_PHONE: '+73946027654',
  TROIKA_TERMINAL_ID: 'bus_f78a8a6aa7fb3d5',
  TROIKA_SIGNATURE_KEY: 'demo-signature-key',
} as const;

const DEMO_SECRETS: ReadonlySet<string> = new Set([
  'demo-password',
  'demo-orders-key',
  'demo-admin-key',
  'demo-signature-key',
  // What the demo's CALLBACK_SECRETS says in base64.
  'demo-callback-secret-of-npm-start',
]);

/** Whether a secret is published in this repository. */
export function isDemoSecret(secret: string): boolean {
  return DEMO_SECRETS.has(secret);
}
