import { createSigner, parseSignatureProfile, type Signer } from '@vestibule/signer';
import { TroikaClient, type TroikaClientOptions } from '../client.js';

/** Every secret of the client in tests; no outcome may contain one. */
export const SECRETS = {
  basicPassword: 'pa55-word???',
  signatureKey: 'signature-key-of-the-agent',
} as const;

const BASIC_USER = 'agent';

/** What an Authorization header holds of the secrets above: it has a slash, which JSON may escape. */
export const CREDENTIALS = Buffer.from(`${BASIC_USER}:${SECRETS.basicPassword}`).toString('base64');

/** Long enough for everything that succeeds. */
const PATIENT_MS = 20_000;

/** A signer by a profile's name, with the tests' key unless the profile needs none. */
export function makeSigner(name = 'hmac-sha1:hex', key: string | undefined = SECRETS.signatureKey): Signer {
  const parsed = parseSignatureProfile(name);
  if (!parsed.ok) throw new Error(parsed.error);
  return createSigner(parsed.profile, key === undefined ? [] : [{ text: key }]);
}

/** A client with the head of the vendor's example, for a URL. */
export function makeClient(url: string, options: Partial<TroikaClientOptions> = {}): TroikaClient {
  return new TroikaClient({
    url,
    basicUser: BASIC_USER,
    basicPassword: SECRETS.basicPassword,
    apiPhone: '+73946027654',
    terminalId: 'bus_f78a8a6aa7fb3d5',
    languageId: 'ru',
    timeFormat: 'sample',
    signer: makeSigner(),
    timeoutMs: PATIENT_MS,
    userAgent: 'Vestibule/0.1.0 (gateway 0.1.0)',
    ...options,
  });
}

/** The body of the vendor's example, keys in its order. */
export const EXAMPLE_BODY = {
  orderData: [{ cardNumber: '1234567890', currencyId: 'RUB', quantity: 1, tariffId: 2671, type: 'owncard' }],
  phone: '+71044826548',
} as const;
