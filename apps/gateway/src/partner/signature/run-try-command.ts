import { readFile } from 'node:fs/promises';
import { findProfiles, type KeySource, SignatureError } from '@vestibule/signer';
import type { Env } from '../../config/read-config.js';
import { describeSearch } from './describe-search.js';
import { readSample } from './read-sample.js';
import type { TryCommand } from './read-try-command.js';

/** What the command says, and its exit code. */
export interface TryOutcome {
  readonly code: 0 | 1 | 2;
  readonly said: string;
}

/** Searches for the profile of a known pair. The key is taken from the settings only, and never shown. */
export async function runTryCommand(
  { sample, signature }: Extract<TryCommand, { kind: 'try' }>,
  env: Env,
): Promise<TryOutcome> {
  const key = keyOf(env);
  if (key === undefined) {
    return refuse('There is no key: set TROIKA_SIGNATURE_KEY, or TROIKA_SIGNATURE_KEY_FILE to its file.');
  }
  const bytes = await readFile(sample).catch((error: NodeJS.ErrnoException) => error);
  if (!Buffer.isBuffer(bytes)) return refuse(`${sample} cannot be read (${bytes.code}).`);
  const { TROIKA_URL: url = '' } = env;
  try {
    const search = await findProfiles({ ...readSample(bytes, URL.canParse(url) ? url : undefined), signature }, key);
    return { code: search.found.length > 0 ? 0 : 1, said: describeSearch(search) };
  } catch (error) {
    if (error instanceof SignatureError) return refuse(`${error.message}.`);
    throw error;
  }
}

function keyOf({ TROIKA_SIGNATURE_KEY: text, TROIKA_SIGNATURE_KEY_FILE: file }: Env): KeySource | undefined {
  if (text) return { text };
  return file ? { file } : undefined;
}

const refuse = (said: string): TryOutcome => ({ code: 2, said });
