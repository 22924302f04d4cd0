import { parseArgs } from 'node:util';
import { isMsisdn, KOSHELEK_API_VERSIONS, normaliseDate } from '@vestibule/koshelek-contract';
import type { KnownData, Member, Target } from '@vestibule/koshelek-kit';

export interface KitArguments {
  readonly target: Target;
  readonly known: KnownData;
  readonly jsonFile: string | undefined;
  readonly junitFile: string | undefined;
}

export type ParsedArguments =
  | { readonly kind: 'run'; readonly options: KitArguments }
  | { readonly kind: 'help' }
  | { readonly kind: 'usage-error'; readonly message: string };

/** What `--help` prints. */
export const USAGE = `usage: npm run koshelek:check -- URL --login L --password P [options]

Calls a server of the Loyalty Online API as Кошелёк does and checks every rule of the contract.
URL is the part before /v1. The holders it invents stay in the programme: use a test one.

  --api-version V       the version agreed with the server: ${KOSHELEK_API_VERSIONS.join(', ')}; default ${KOSHELEK_API_VERSIONS.at(-1)}
  --json FILE           writes the run as JSON
  --junit FILE          writes the run as JUnit XML
  --timeout-ms N        how long one call may take; default 10000

Data the API cannot create:
  --card NUMBER --phone MSISDN [--email E] [--birth-date YYYY-MM-DD]
                        an existing member, whose channels and names the run changes
  --blocked-phone MSISDN
                        the holder of a blocked card

Exit code: 0 every [D] check passed, 1 one did not, 2 wrong usage or no server there.
`;

const OPTIONS = {
  login: { type: 'string' },
  password: { type: 'string' },
  'api-version': { type: 'string', default: KOSHELEK_API_VERSIONS[KOSHELEK_API_VERSIONS.length - 1] ?? '' },
  json: { type: 'string' },
  junit: { type: 'string' },
  'timeout-ms': { type: 'string', default: '10000' },
  card: { type: 'string' },
  phone: { type: 'string' },
  email: { type: 'string' },
  'birth-date': { type: 'string' },
  'blocked-phone': { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** The options, as they are typed. */
export const OPTION_NAMES = Object.keys(OPTIONS).map((name) => `--${name}`);

/** Reads the command line. No message ever repeats a password. */
export function readArguments(argv: readonly string[]): ParsedArguments {
  let parsed;
  try {
    parsed = parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    // It throws only a TypeError about a wrong option; its first sentence is enough.
    return usageError(error instanceof Error ? (error.message.split('. ', 1)[0] ?? '') : String(error));
  }
  const { values, positionals } = parsed;
  if (values.help) return { kind: 'help' };
  const [url, ...more] = positionals;
  if (url === undefined) return usageError('the URL of the server is missing');
  if (more.length > 0) return usageError('more than one URL is given');
  const baseUrl = readUrl(url);
  if (typeof baseUrl === 'string') return usageError(baseUrl);
  const { login, password } = values;
  if (!login || password === undefined) return usageError('--login and --password are needed');
  if (login.includes(':')) return usageError('--login: a login of HTTP Basic holds no colon');
  const apiVersion = KOSHELEK_API_VERSIONS.find((version) => version === values['api-version']);
  if (apiVersion === undefined) return usageError(`--api-version is one of ${KOSHELEK_API_VERSIONS.join(', ')}`);
  const timeoutMs = Number(values['timeout-ms']);
  if (!Number.isInteger(timeoutMs) || timeoutMs < 1 || timeoutMs > 600_000) {
    return usageError('--timeout-ms is a whole number from 1 to 600000');
  }
  const known = readKnownData(values);
  if (typeof known === 'string') return usageError(known);
  return {
    kind: 'run',
    options: {
      target: { baseUrl, login, password, apiVersion, timeoutMs },
      known,
      jsonFile: values.json,
      junitFile: values.junit,
    },
  };
}

function usageError(message: string): ParsedArguments {
  return { kind: 'usage-error', message };
}

function readUrl(text: string): URL | string {
  if (!URL.canParse(text)) return 'the URL is invalid; give one like https://loyalty.example.com';
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return 'the URL begins with http:// or https://';
  if (url.username !== '' || url.password !== '')
    return 'credentials are not read from the URL: use --login and --password';
  if (url.search !== '' || url.hash !== '') return 'the URL ends before any ? or #';
  if (/\/v1\/?$/.test(url.pathname)) return 'the URL is the part before /v1: leave /v1 out';
  return url;
}

/** @returns the data, or their fault */
function readKnownData(values: Readonly<Record<string, unknown>>): KnownData | string {
  const text = (name: string): string | undefined => values[name] as string | undefined;
  const blockedPhone = text('blocked-phone');
  const birthDate = text('birth-date');
  const [cardNumber, phone, email] = [text('card'), text('phone'), text('email')];
  for (const [name, value] of Object.entries({ '--phone': phone, '--blocked-phone': blockedPhone })) {
    if (value !== undefined && !isMsisdn(value)) return `${name} is digits only, country code first`;
  }
  if (birthDate !== undefined && normaliseDate(birthDate) !== birthDate) return '--birth-date is a day YYYY-MM-DD';
  const blocked = blockedPhone === undefined ? {} : { blockedPhone };
  if (cardNumber === undefined && phone === undefined) {
    return email === undefined && birthDate === undefined
      ? blocked
      : '--email and --birth-date need --card and --phone';
  }
  if (!cardNumber || !phone) return '--card and --phone come together';
  const member: Member = {
    cardNumber,
    msisdn: phone,
    ...(email === undefined ? {} : { email }),
    ...(birthDate === undefined ? {} : { birthDate }),
  };
  return { member, ...blocked };
}
