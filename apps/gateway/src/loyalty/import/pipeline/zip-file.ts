import { crc32 } from 'node:zlib';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { ImportFileError } from './import-file-error.js';
import type { ImportSource } from './import-source.js';

const DAMAGED = 'the zip file is damaged, or cut off; send it again';
const EXCEL = 'the file is an Excel workbook; save its sheet as "CSV UTF-8" and send that';

/** Methods of packing (APPNOTE 4.4.5). */
const STORED = 0;
const DEFLATED = 8;

/** No archive of a registry has as many entries. */
const MOST_ENTRIES = 1000;
const MOST_NAMES_SHOWN = 5;
const NAME_SHOWN_LENGTH = 60;

/** Text shrinks to a fifth or a tenth. What grows by more than this, and to a size that matters, is no list of clients. */
const MOST_GROWTH = 200;
const GROWTH_MATTERS_BYTES = 64 * 1024 * 1024;

/**
 * Opens the one data file of a zip file. Folders and the files that Finder and Explorer add do not count.
 *
 * @throws ImportFileError when it has none or several, or uses an unsupported compression
 */
export async function openZip(path: string): Promise<ImportSource> {
  const zip = await openPromise(path, { autoClose: false }).catch(refuse);
  try {
    const entry = onlyEntry(await dataEntries(zip));
    return { read: () => readEntry(zip, entry), close: () => zip.close() };
  } catch (error) {
    zip.close();
    throw error;
  }
}

async function dataEntries(zip: ZipFile): Promise<Entry[]> {
  if (zip.entryCount > MOST_ENTRIES)
    throw new ImportFileError(`the zip file has more than ${MOST_ENTRIES} files in it`);
  const entries: Entry[] = [];
  try {
    for await (const entry of zip.eachEntry()) entries.push(entry);
  } catch (error) {
    refuse(error);
  }
  if (entries.some(({ fileName }) => fileName === '[Content_Types].xml')) throw new ImportFileError(EXCEL);
  return entries.filter(({ fileName }) => isDataFile(fileName));
}

/** Not a folder and not a file that a file manager adds. */
function isDataFile(path: string): boolean {
  const parts = path.split('/');
  const name = parts.at(-1) ?? '';
  return (
    name !== '' && !name.startsWith('.') && !parts.includes('__MACOSX') && !/^(thumbs\.db|desktop\.ini)$/i.test(name)
  );
}

function onlyEntry(entries: readonly Entry[]): Entry {
  const [entry, ...others] = entries;
  if (entry === undefined) throw new ImportFileError('the zip file has no file in it');
  if (others.length > 0) {
    throw new ImportFileError(`the zip file has several files in it (${namesOf(entries)}); send each one separately`);
  }
  if (entry.isEncrypted()) {
    throw new ImportFileError('the zip file is encrypted; pack it without a password, or send the CSV');
  }
  if (entry.compressionMethod !== STORED && entry.compressionMethod !== DEFLATED) {
    throw new ImportFileError(
      `the zip file is packed by method ${entry.compressionMethod}, which is not read; pack it with "deflate", or send the CSV`,
    );
  }
  if (
    entry.uncompressedSize > GROWTH_MATTERS_BYTES &&
    entry.uncompressedSize > MOST_GROWTH * Math.max(1, entry.compressedSize)
  ) {
    throw new ImportFileError(`the zip file grows to more than ${MOST_GROWTH} times its size, which no data file does`);
  }
  return entry;
}

function namesOf(entries: readonly Entry[]): string {
  const names = entries.map(({ fileName }) => fileName.replaceAll(/[\p{Cc}\p{Cf}]/gu, '').slice(0, NAME_SHOWN_LENGTH));
  return [...names.slice(0, MOST_NAMES_SHOWN), ...(names.length > MOST_NAMES_SHOWN ? ['…'] : [])].join(', ');
}

/** The library holds the entry to its size, and leaves the checksum to us. */
async function* readEntry(zip: ZipFile, entry: Entry): AsyncGenerator<Buffer> {
  const stream = await zip.openReadStreamPromise(entry).catch(refuse);
  let checksum = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      checksum = crc32(chunk, checksum);
      yield chunk;
    }
  } catch (error) {
    refuse(error);
  } finally {
    stream.destroy();
  }
  if (checksum !== entry.crc32) throw new ImportFileError(DAMAGED);
}

/** Faults of the disk have a code of the system's; any other is one of the archive. */
function refuse(error: unknown): never {
  const { code = '' } = error as NodeJS.ErrnoException;
  throw /^E[A-Z]+$/.test(code) ? error : new ImportFileError(DAMAGED);
}
