import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/**
 * A proxy between a producer and a gateway that drops one answer: the request arrives complete, and the answer is lost
 * with the connection.
 */
export interface AnswerThief {
  /** Where the producer has to call. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * @param url of the gateway
 * @param onStolen runs when the first answer has come and before the producer's connection is cut
 */
export async function startAnswerThief(url: string, onStolen: () => Promise<void>): Promise<AnswerThief> {
  const { hostname, port } = new URL(url);
  let hasStolen = false;
  const producers = new Set<Socket>();
  const server = createServer((producer) => {
    producers.add(producer);
    const gateway = connect(Number(port), hostname);
    producer.on('error', () => gateway.destroy()).on('close', () => gateway.destroy());
    gateway.on('error', () => producer.destroy()).on('close', () => producer.destroy());
    producer.pipe(gateway);
    if (hasStolen) {
      gateway.pipe(producer);
      return;
    }
    hasStolen = true;
    gateway.once('data', () => {
      // Until then the producer waits, even if the gateway ends.
      gateway
        .removeAllListeners('close')
        .removeAllListeners('error')
        .on('error', () => gateway.destroy());
      void onStolen().finally(() => producer.destroy());
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      const closed = once(server.close(), 'close');
      for (const producer of producers) producer.destroy();
      await closed;
    },
  };
}
