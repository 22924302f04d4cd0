import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createInflateRaw } from 'node:zlib';

/** The file cannot be read as one of its kind; the message is for the person who sent it. */
export class ImportFileError extends Error {}

/** Where a zip file says what it holds (APPNOTE 4.3.7), in bytes from its beginning. */
const HEADER_BYTES = 30;
const METHOD_AT = 8;
const NAME_LENGTH_AT = 26;
const EXTRA_LENGTH_AT = 28;
const ZIP_SIGNATURE = 0x04034b50;
const DEFLATED = 8;

/**
 * Opens a CSV file, or a zip file with it as the first entry, as a stream of the CSV's bytes.
 *
 * @throws ImportFileError when the zip file is packed in a way we do not read; the stream, when it is damaged
 */
export async function openImportFile(path: string): Promise<AsyncIterable<Buffer>> {
  const header = await readHead(path);
  if (header.length < HEADER_BYTES || header.readUInt32LE(0) !== ZIP_SIGNATURE) return createReadStream(path);
  if (header.readUInt16LE(METHOD_AT) !== DEFLATED) {
    throw new ImportFileError('the zip file is packed in an unusual way; unpack it and send the CSV');
  }
  const start = HEADER_BYTES + header.readUInt16LE(NAME_LENGTH_AT) + header.readUInt16LE(EXTRA_LENGTH_AT);
  return readUnpacked(path, start);
}

/** The stream is opened by whoever begins to read, so that no fault of it comes before there is somebody to hear it. */
async function* readUnpacked(path: string, start: number): AsyncGenerator<Buffer> {
  const packed = createReadStream(path, { start });
  // The packed data says itself where it ends, so the sizes in the header, which may be zero, are not needed.
  const unpacked = createInflateRaw();
  packed.on('error', (error) => unpacked.destroy(error));
  try {
    yield* packed.pipe(unpacked);
  } catch (error) {
    const { code = '' } = error as { code?: string };
    throw code.startsWith('Z_') ? new ImportFileError('the zip file is damaged, or cut off; send it again') : error;
  } finally {
    packed.destroy();
  }
}

async function readHead(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEADER_BYTES), 0, HEADER_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
