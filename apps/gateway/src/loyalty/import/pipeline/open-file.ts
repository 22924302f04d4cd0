import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { ImportFileError } from './import-file-error.js';
import type { ImportSource } from './import-source.js';
import { openZip } from './zip-file.js';

/** Files that are often sent instead of a CSV, by their first bytes. */
const OTHER_FORMATS: readonly { readonly bytes: string; readonly message: string }[] = [
  { bytes: '1f8b', message: 'the file is packed with gzip; unpack it, or pack it as a zip file' },
  { bytes: 'd0cf11e0', message: 'the file is an Excel workbook; save its sheet as "CSV UTF-8" and send that' },
  { bytes: '25504446', message: 'the file is a PDF document, not a CSV file' },
];
/** A zip file with something in it, or an empty one. */
const ZIP = ['504b0304', '504b0506'];
const HEAD_BYTES = 4;

/**
 * Opens a CSV file, or a zip file with one CSV file in it.
 *
 * @throws ImportFileError when the file is something else
 */
export async function openImportFile(path: string): Promise<ImportSource> {
  const head = (await readHead(path)).toString('hex');
  if (ZIP.includes(head)) return await openZip(path);
  const other = OTHER_FORMATS.find(({ bytes }) => head.startsWith(bytes));
  if (other !== undefined) throw new ImportFileError(other.message);
  return { read: () => createReadStream(path), close: () => undefined };
}

async function readHead(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
