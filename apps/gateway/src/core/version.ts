import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const PACKAGE = new URL('../../', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('package.json', PACKAGE), 'utf8')) as {
  version: string;
  /** Written by the one who packs the program, as npm does. */
  gitHead?: string;
};

export const VERSION = manifest.version;

/** Which program this is, for people who look at two of them. */
export interface Build {
  readonly version: string;
  /** `unknown` where no one has recorded it. */
  readonly commit: string;
  /** The version of Node. */
  readonly node: string;
}

let build: Build | undefined;

export function describeBuild(): Build {
  build ??= { version: VERSION, commit: manifest.gitHead ?? readCommit() ?? 'unknown', node: process.versions.node };
  return build;
}

/** Of the checkout that we run in, if we do. */
function readCommit(): string | undefined {
  if (!existsSync(new URL('../../.git', PACKAGE))) return undefined;
  try {
    return execFileSync('git', ['rev-parse', '--short=12', 'HEAD'], {
      cwd: fileURLToPath(PACKAGE),
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    // No git here, or a checkout of another user.
    return undefined;
  }
}
