import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';

export interface TempDir {
  readonly path: string;
  /** Writes a file and gives back its whole path. */
  readonly file: (name: string, content: string | Uint8Array) => string;
  /** Writes a shell script that can be run. */
  readonly command: (name: string, script: string) => string;
}

/** A temporary directory of one test file, removed after its tests. Its name has a space, as real paths may. */
export function tempDir(): TempDir {
  const path = mkdtempSync(join(tmpdir(), 'signer test-'));
  afterAll(() => {
    rmSync(path, { recursive: true });
  });
  const file: TempDir['file'] = (name, content) => {
    writeFileSync(join(path, name), content);
    return join(path, name);
  };
  const command: TempDir['command'] = (name, script) => {
    const written = file(name, `#!/bin/sh\n${script}\n`);
    chmodSync(written, 0o755);
    return written;
  };
  return { path, file, command };
}
