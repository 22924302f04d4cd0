import { accessSync, constants, statSync } from 'node:fs';
import { isHeaderWord, type SignatureEncoding } from './encoding.js';
import { SignatureError, systemCode } from './errors.js';
import { signWithCommand } from './external-command.js';
import { signWithService } from './external-service.js';
import type { KeyBytes } from './key-source.js';
import type { Message, ReadyKey } from './ready-key.js';
import type { ExternalScheme } from './schemes.js';
import { sameBytes, secretKeyId } from './secret-keys.js';

/**
 * A key that a command or a service holds. `key` unlocks it, if needed: a bearer token for a service, `SIGNER_KEY` in
 * the environment of a command.
 *
 * Verifying means signing again and comparing, so it works only for deterministic signatures; CMS with a signing time,
 * and GOST with its random number, never verify this way.
 *
 * @throws SignatureError `external-missing` when the command does not exist, `key-unsuitable` when the key cannot be
 *   passed on
 */
export function readyExternalKey(
  scheme: ExternalScheme,
  encoding: SignatureEncoding,
  key: KeyBytes | undefined,
): ReadyKey {
  const { target } = scheme;
  if ('command' in target) requireCommand(target.command);
  const secret = key === undefined ? undefined : handedOver(key, target);
  const sign = async (message: Message): Promise<Uint8Array> => {
    const bytes = Buffer.concat(message);
    const output = await ('command' in target
      ? signWithCommand(target.command, bytes, secret, scheme)
      : signWithService(target.url, bytes, secret, scheme));
    return signatureIn(output, encoding, 'command' in target ? target.command : new URL(target.url).host);
  };
  return {
    keyId: secretKeyId(Buffer.from(secret ?? ''), 'command' in target ? target.command : target.url),
    sign,
    verify: async (message, signature) => sameBytes(await sign(message), signature),
  };
}

function requireCommand(command: string): void {
  try {
    accessSync(command, constants.X_OK);
  } catch (error) {
    throw new SignatureError(
      'external-missing',
      `the signature command ${command} cannot be run (${systemCode(error)})`,
    );
  }
  if (!statSync(command).isFile()) {
    throw new SignatureError('external-missing', `the signature command ${command} is not a file`);
  }
}

/** Refused here, because what refuses it later (spawn, fetch) would show the key in its message. */
function handedOver({ bytes, label }: KeyBytes, target: ExternalScheme['target']): string {
  const text = bytes.toString('utf8');
  if ('url' in target && !isHeaderWord(text)) {
    throw new SignatureError(
      'key-unsuitable',
      `${label} cannot be sent as a bearer token: it is not one word of ASCII`,
    );
  }
  if (bytes.length > MAX_SECRET_BYTES || text.includes('\0') || !Buffer.from(text).equals(bytes)) {
    throw new SignatureError('key-unsuitable', `${label} cannot be passed to a command: it is not a short text`);
  }
  return text;
}

const MAX_SECRET_BYTES = 4096;

/**
 * As `text`, the output must be one header word after its line breaks are removed; otherwise any bytes are accepted.
 */
function signatureIn(output: Buffer, encoding: SignatureEncoding, from: string): Buffer {
  if (output.length === 0) throw new SignatureError('external-unusable', `${from} gave an empty signature`);
  if (encoding !== 'text') return output;
  const text = output.toString('latin1');
  const word = text.replaceAll(/\s/g, '');
  if (text.includes('-----BEGIN') || !isHeaderWord(word)) {
    throw new SignatureError(
      'external-unusable',
      `${from} gave something that fits no header; if it gives binary (DER), set the option encoding=base64`,
    );
  }
  return Buffer.from(word, 'latin1');
}
