import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, extname, join, relative, sep } from 'node:path';
import { strongEtag } from '../../http/etag.js';

/** One file of the operators' page, as it is answered. */
export interface ConsoleFile {
  /** Below the internal port's root, such as `/console/icon.svg`. */
  readonly path: string;
  readonly body: Buffer;
  readonly contentType: string;
  readonly cacheControl: string;
  readonly etag: string;
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** The name of a built file changes with its content; the others are revalidated. */
const BUILT = '/console/assets/';

/**
 * Reads the built pages. They are a few small files that change only with a release: kept in memory, so that no path of
 * a request leads to a disk.
 *
 * @throws an error that names the package when it is not built, or has a file of an unknown kind
 */
export function readConsoleFiles(): ConsoleFile[] {
  const index = createRequire(import.meta.url).resolve('@vestibule/console/index.html');
  const folder = dirname(index);
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => readConsoleFile(folder, join(parentPath, name)));
}

function readConsoleFile(folder: string, file: string): ConsoleFile {
  const place = `/console/${relative(folder, file).split(sep).join('/')}`;
  const contentType = CONTENT_TYPES[extname(file)];
  if (contentType === undefined) throw new Error(`@vestibule/console holds ${place}, a file of an unknown kind`);
  const body = readFileSync(file);
  return {
    path: place === '/console/index.html' ? '/console' : place,
    body,
    contentType,
    cacheControl: place.startsWith(BUILT) ? 'public, max-age=31536000, immutable' : 'no-cache',
    etag: strongEtag(body),
  };
}
