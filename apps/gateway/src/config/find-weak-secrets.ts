import type { Environment } from './environment/environment.js';

const LEAST_LENGTH = 32;
/** A random text of 32 characters has far more; a word that is repeated has fewer. */
const LEAST_DIFFERENT = 8;
const REMEDY = 'such as the output of: openssl rand -hex 32 (ALLOW_WEAK_SECRETS=true takes it as it is)';

/** One secret, and whose it is. */
interface Secret {
  readonly variable: string;
  readonly name: string;
  readonly secret: string;
}

/** One sentence for each secret that can be guessed, or that is used for more than one API; it never holds a secret. */
export function findWeakSecrets(environment: Environment): string[] {
  const { KOSHELEK_CREDENTIALS, ORDERS_API_KEYS, ADMIN_API_KEYS, CALLBACK_SECRETS } = environment;
  const credentials = secretsOf({ KOSHELEK_CREDENTIALS, ORDERS_API_KEYS, ADMIN_API_KEYS });
  // The partner chooses its own length, and callback secrets are measured where they are read.
  const others = [
    ...secretsOf({ CALLBACK_SECRETS }),
    ...(['CARD_PROGRAM_KEY', 'TROIKA_BASIC_PASSWORD', 'TROIKA_SIGNATURE_KEY'] as const).flatMap((variable) => {
      const secret = environment[variable];
      return secret === undefined ? [] : [{ variable, name: '', secret }];
    }),
  ];
  return [...credentials.flatMap(faultOf), ...findRepeated([...credentials, ...others])];
}

function secretsOf(variables: Readonly<Record<string, string | undefined>>): Secret[] {
  return Object.entries(variables).flatMap(([variable, text]) =>
    (text?.split(',') ?? []).map((pair) => {
      const colon = pair.indexOf(':');
      return { variable, name: pair.slice(0, colon), secret: pair.slice(colon + 1) };
    }),
  );
}

function faultOf({ variable, name, secret }: Secret): string[] {
  if (secret.length < LEAST_LENGTH) {
    return [
      `${variable} has a secret of "${name}" that is ${secret.length} characters long; allowed: at least ${LEAST_LENGTH}, ${REMEDY}`,
    ];
  }
  if (new Set(secret).size >= LEAST_DIFFERENT) return [];
  return [`${variable} has a secret of "${name}" that is easy to guess; allowed: a random one, ${REMEDY}`];
}

function findRepeated(secrets: readonly Secret[]): string[] {
  const faults = new Set<string>();
  const owners = new Map<string, Secret>();
  for (const one of secrets) {
    const first = owners.get(one.secret) ?? one;
    owners.set(one.secret, first);
    if (first === one) continue;
    const where = first.variable === one.variable ? 'twice' : `that ${first.variable} has as well`;
    faults.add(`${one.variable} has a secret ${where}; allowed: another one for each, ${REMEDY}`);
  }
  return [...faults];
}
