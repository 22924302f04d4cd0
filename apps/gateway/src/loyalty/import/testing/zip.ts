import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipEntry {
  readonly name?: string;
  readonly text: string | Buffer;
  /** 0 stored, 8 deflated (the default); any other is only declared, and nothing is compressed. */
  readonly method?: number;
  readonly encrypted?: true;
  /** What the archive says; the real one unless given. */
  readonly size?: number;
}

/** A zip file with one text in it, or with some entries. */
export function zip(content: string | readonly ZipEntry[]): Buffer {
  const entries = typeof content === 'string' ? [{ text: content }] : content;
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name = 'a.csv', text, method = 8, encrypted = false, size } of entries) {
    const data = Buffer.from(text);
    const packed = method === 8 ? deflateRawSync(data) : data;
    const named = Buffer.from(name);
    // From the version that is needed to the length of the extra field: the same in both headers.
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(encrypted ? 0x801 : 0x800, 2);
    common.writeUInt16LE(method, 4);
    common.writeUInt32LE(crc32(data), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(size ?? data.length, 18);
    common.writeUInt16LE(named.length, 22);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    files.push(Buffer.from('PK\x03\x04'), common, named, packed);
    directory.push(Buffer.from('PK\x01\x02\x14\x00'), common, rest, named);
    offset += 30 + named.length + packed.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(list.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...files, list, Buffer.from('PK\x05\x06'), end]);
}
