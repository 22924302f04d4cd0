import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl';
import { ProblemError } from '../../../http/problem.js';
import { fileFault } from '../file-fault.js';

/** A workbook has some dozens of parts. */
const MOST_PARTS = 1_000;
/** What the parts that are read may grow to, together; a sheet of 2,000 orders has a hundredth of it. */
const MOST_BYTES = 32 * 1024 * 1024;

/** The parts of an Excel workbook (ECMA-376), by their names in its archive. */
export interface Workbook {
  /** A part as pieces of text; undefined when there is none of this name. */
  part(name: string): AsyncIterable<string> | undefined;
  close(): void;
}

/**
 * Opens a workbook in memory. The archive's own sizes are not trusted: what a part gives is counted while it grows.
 *
 * @throws ProblemError 422 when it is no archive, or one with too many parts
 */
export async function openWorkbook(file: Buffer): Promise<Workbook> {
  const zip = await fromBufferPromise(file, { autoClose: false }).catch(refuse);
  if (zip.entryCount > MOST_PARTS) throw damaged();
  const entries = new Map<string, Entry>();
  try {
    for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry);
  } catch {
    throw damaged();
  }
  const room = { bytes: MOST_BYTES };
  return {
    part: (name) => {
      const entry = entries.get(name);
      return entry && readPart(zip, entry, room);
    },
    close: () => zip.close(),
  };
}

async function* readPart(zip: ZipFile, entry: Entry, room: { bytes: number }): AsyncGenerator<string> {
  const stream = await zip.openReadStreamPromise(entry).catch(refuse);
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      room.bytes -= chunk.length;
      if (room.bytes < 0) throw damaged('The workbook grows to more than 32 MiB, which no list of orders does.');
      yield utf8.decode(chunk, { stream: true });
    }
    yield utf8.decode();
  } catch (error) {
    // What a consumer throws does not come here: it is the archive, or text that is not UTF-8.
    throw error instanceof ProblemError ? error : damaged();
  } finally {
    stream.destroy();
  }
}

function refuse(): never {
  throw damaged();
}

export function damaged(detail = 'The file is no Excel workbook, is encrypted, or is damaged.'): Error {
  return fileFault('damaged', detail);
}
