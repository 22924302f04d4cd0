import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { isIPv4 } from 'node:net';

const HEADER_BYTES = 12;
const QUESTION_END_BYTES = 5;
const TYPE_A = 1;
const TYPE_AAAA = 28;
/** A response, recursion available; the last four bits are the response code. */
const RESPONSE = 0x81_80;
const NAME_ERROR = 3;
/** What a record begins with: the name of the question, then its type (to be put in), IN, a minute to live. */
const RECORD = 'c00c0000000100000003c';

/**
 * A name server on loopback, over UDP (RFC 1035). A name has addresses, or is `silent`: then its questions get no answer.
 * A name that is not in the table does not exist.
 *
 * @param {Record<string, readonly string[] | 'silent'>} names may be changed while it runs
 */
export async function startNameServer(names) {
  /** @type {string[]} */
  const asked = [];
  const socket = createSocket('udp4');
  socket.on('message', (question, { port, address }) => {
    const { name, type, end } = readQuestion(question);
    asked.push(name);
    const known = names[name];
    if (known === 'silent') return;
    const records = (known ?? []).filter((one) => (isIPv4(one) ? TYPE_A : TYPE_AAAA) === type).map(writeRecord);
    const answer = Buffer.from(question.subarray(0, end));
    answer.writeUInt16BE(RESPONSE | (known === undefined ? NAME_ERROR : 0), 2);
    answer.writeUInt16BE(records.length, 6);
    // No authority and no additional records, such as the question's own EDNS record.
    answer.writeUInt32BE(0, 8);
    socket.send(Buffer.concat([answer, ...records]), port, address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return {
    address: `127.0.0.1:${socket.address().port}`,
    asked,
    names,
    close: async () => {
      const closed = once(socket, 'close');
      socket.close();
      await closed;
    },
  };
}

/** @param {Buffer} question */
function readQuestion(question) {
  const labels = [];
  let at = HEADER_BYTES;
  for (let length = question[at] ?? 0; length > 0; length = question[at] ?? 0) {
    labels.push(question.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.').toLowerCase(), type: question.readUInt16BE(at + 1), end: at + QUESTION_END_BYTES };
}

/** @param {string} address */
function writeRecord(address) {
  const bytes = isIPv4(address) ? Buffer.from(address.split('.').map(Number)) : bytesOfIPv6(address);
  const head = Buffer.from(RECORD, 'hex');
  head.writeUInt16BE(isIPv4(address) ? TYPE_A : TYPE_AAAA, 2);
  return Buffer.concat([head, Buffer.from([0, bytes.length]), bytes]);
}

/** @param {string} address */
function bytesOfIPv6(address) {
  const [before, after] = address.split('::').map((part) => part.split(':').filter((group) => group !== ''));
  const groups = [...(before ?? []), ...Array(8).fill('0')].slice(0, 8 - (after?.length ?? 0)).concat(after ?? []);
  return Buffer.from(groups.map((group) => group.padStart(4, '0')).join(''), 'hex');
}
