import { parseArgs } from 'node:util';

export type TryCommand =
  | { readonly kind: 'help' }
  | { readonly kind: 'fault'; readonly fault: string }
  | { readonly kind: 'try'; readonly sample: string; readonly signature: string };

export const TRY_USAGE = `usage: node apps/gateway/dist/signature-try.js --sample FILE --signature X

Finds the signature profile from one known pair: a request, and the signature that Тройка Бизнес says it must have. Every scheme
of libs/signer/README.md is tried with every encoding, many templates, and the key as text, hex and base64; only external is not.

  --sample FILE   the request: its body, byte for byte, or the whole HTTP message with its headers
  --signature X   the signature of that request, as its header has it

The key is TROIKA_SIGNATURE_KEY or the file of TROIKA_SIGNATURE_KEY_FILE, from the environment or a file .env; for RSA, ECDSA and
Ed25519 it may be the public one. TROIKA_URL gives the path of a sample without one. Exit code 0: found; 1: none fits; 2: not
understood, or there is no key or no sample.`;

/** Reads the words behind the name of the program. */
export function readTryCommand(args: readonly string[]): TryCommand {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        sample: { type: 'string' },
        signature: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (values.help === true) return { kind: 'help' };
    if (!values.sample) return { kind: 'fault', fault: 'Which request? --sample names its file.' };
    if (!values.signature) return { kind: 'fault', fault: 'Which signature? --signature gives it.' };
    return { kind: 'try', sample: values.sample, signature: values.signature.trim() };
  } catch (error) {
    // It only throws errors about the arguments.
    return { kind: 'fault', fault: (error as Error).message };
  }
}
