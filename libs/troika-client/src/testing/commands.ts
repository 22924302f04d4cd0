import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Writes an executable shell script, which `remove` takes away again. */
export function writeCommand(script: string): { readonly path: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'vestibule-command-'));
  const path = join(folder, 'signer');
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return { path, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
