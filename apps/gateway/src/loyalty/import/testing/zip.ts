import { deflateRawSync } from 'node:zlib';

/** A zip file with one entry, its sizes unknown at the front as streaming packers write it. */
export function zip(text: string): Buffer {
  const head = Buffer.alloc(30);
  head.writeUInt32LE(0x04034b50, 0);
  head.writeUInt16LE(8, 6);
  head.writeUInt16LE(8, 8);
  head.writeUInt16LE(5, 26);
  return Buffer.concat([head, Buffer.from('a.csv'), deflateRawSync(text), Buffer.alloc(40, 'end of the archive')]);
}
