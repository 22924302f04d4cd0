import * as fc from 'fast-check';
import { addressesNear, bodiesNear, filesNear, type Body } from './mutations.js';
import { oddHeads, verbsNear, type OddHead } from './odd-heads.js';
import type { Listener, ValidCall } from './valid-calls.js';

/** What is written to one connection, and how it ends. */
export interface FuzzedConnection {
  readonly listener: Listener;
  /** The call of the document that the answer must fit; undefined if it may have become another one. */
  readonly operationId: string | undefined;
  /** Written one by one, each when the one before is on its way. */
  readonly pieces: readonly Buffer[];
  /** After the last piece: waits, ends its half of the connection, or is gone without reading. */
  readonly ending: 'wait' | 'half-close' | 'hang-up';
  /** The verb of each request on it: an answer to HEAD has no body. */
  readonly verbs: readonly string[];
}

interface Parts {
  readonly verb: string;
  readonly address: string;
  readonly body: Body | undefined;
  readonly heads: readonly OddHead[];
  readonly chunkSize: number;
  readonly key: string;
}

interface Shape extends Parts {
  readonly lie: number;
  readonly before: number;
  readonly isFollowed: boolean;
  readonly cuts: readonly number[];
  readonly ending: FuzzedConnection['ending'];
}

/** Connections whose requests are near these calls. */
export function connectionsNear(calls: readonly ValidCall[]): fc.Arbitrary<FuzzedConnection> {
  return fc.constantFrom(...calls).chain((call) => fc.record(shapeOf(call)).map((shape) => connectionOf(call, shape)));
}

function shapeOf(call: ValidCall): { [K in keyof Shape]: fc.Arbitrary<Shape[K]> } {
  const mostly = <T>(usual: T, odd: fc.Arbitrary<T>): fc.Arbitrary<T> =>
    fc.oneof({ weight: 5, arbitrary: fc.constant(usual) }, { weight: 2, arbitrary: odd });
  const body = call.file === undefined ? bodiesNear(call.body ?? {}) : filesNear(call.file);
  const isRead = call.method === 'GET';
  return {
    verb: verbsNear(call.method),
    address: mostly(call.path, addressesNear(call.path)),
    body: isRead ? mostly<Body | undefined>(undefined, body) : body,
    heads: oddHeads,
    chunkSize: mostly(0, fc.integer({ min: 1, max: 5_000 })),
    key: fc.uuid(),
    // How many bytes more or less than there are its length promises.
    lie: fc.oneof({ weight: 20, arbitrary: fc.constant(0) }, fc.integer({ min: -20, max: 200 })),
    before: fc.oneof({ weight: 6, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 4 })),
    isFollowed: fc.oneof({ weight: 6, arbitrary: fc.constant(false) }, fc.constant(true)),
    cuts: mostly<readonly number[]>(
      [],
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 5 }),
    ),
    ending: fc.oneof(
      { weight: 6, arbitrary: fc.constant<FuzzedConnection['ending']>('wait') },
      { weight: 2, arbitrary: fc.constant<FuzzedConnection['ending']>('half-close') },
      { weight: 1, arbitrary: fc.constant<FuzzedConnection['ending']>('hang-up') },
    ),
  };
}

function connectionOf(call: ValidCall, shape: Shape): FuzzedConnection {
  const { verb, address, heads, lie, before, isFollowed, cuts, ending } = shape;
  const plain = { verb: 'GET', address: call.path, body: undefined, heads: [], chunkSize: 0, key: shape.key };
  const requests = [
    ...Array.from({ length: before }, () => requestOf(call, plain)),
    requestOf(call, shape, { lie, isLast: !isFollowed }),
    ...(isFollowed ? [requestOf(call, plain, { isLast: true })] : []),
  ];
  const bytes = Buffer.concat(requests);
  const places = [...cuts.map((part) => Math.floor(part * bytes.length)).sort((a, b) => a - b), bytes.length];
  const pieces = places
    .map((end, index) => bytes.subarray(places[index - 1] ?? 0, end))
    .filter(({ length }) => length > 0);
  // Who has promised more than there is must not wait for an answer that cannot come.
  const isBroken = lie !== 0 || heads.some(({ breaksFraming }) => breaksFraming === true);
  const isSame = verb === call.method && address === call.path && before === 0 && !isFollowed;
  return {
    listener: call.listener,
    operationId: isSame ? call.operationId : undefined,
    pieces,
    ending: isBroken && ending === 'wait' ? 'half-close' : ending,
    verbs: [...Array.from({ length: before }, () => 'GET'), verb, ...(isFollowed ? ['GET'] : [])],
  };
}

function requestOf(
  { authorization }: ValidCall,
  { verb, address, body, heads, chunkSize, key }: Parts,
  { lie = 0, isLast = false } = {},
): Buffer {
  const bytes = body?.bytes;
  const isChunked = bytes !== undefined && chunkSize > 0;
  const given = heads.flatMap(({ lines }) => lines);
  const isGiven = (name: string): boolean =>
    given.some((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`));
  const length = isChunked
    ? { 'Transfer-Encoding': 'chunked' }
    : { 'Content-Length': String((bytes?.length ?? 0) + lie) };
  const own: Readonly<Record<string, string>> = {
    Host: 'gateway',
    Authorization: authorization,
    'Idempotency-Key': key,
    ...(bytes === undefined ? {} : { 'Content-Type': 'application/json', ...length, ...body?.headers }),
    ...(isLast ? { Connection: 'close' } : {}),
  };
  // An odd line stands in the place of the right one, but where two of them are the point.
  const kept = Object.entries(own).filter(([name]) => ['Host', 'Content-Length'].includes(name) || !isGiven(name));
  const head = [`${verb} ${address} HTTP/1.1`, ...kept.map(([name, value]) => `${name}: ${value}`), ...given];
  return Buffer.concat([
    Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'),
    ...(bytes === undefined ? [] : isChunked ? inChunks(bytes, chunkSize) : [bytes]),
  ]);
}

function inChunks(bytes: Buffer, size: number): Buffer[] {
  const chunks: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += size) {
    const chunk = bytes.subarray(at, at + size);
    chunks.push(Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from('\r\n'));
  }
  return [...chunks, Buffer.from('0\r\n\r\n')];
}
