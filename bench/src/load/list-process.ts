import { request } from 'node:http';

/**
 * Reads the list of special phones again and again over several connections, in a process of its own: from a job until
 * the message `end`. It answers when the last list is over.
 */
export interface ListJob {
  readonly port: number;
  /** `login:password` */
  readonly credentials: string;
  readonly readers: number;
  /** How many phones each list must have. */
  readonly phones: number;
}
export type ListAnswer = { readonly lists: number } | { readonly error: string };

let ending = false;

process.on('message', (job: ListJob | 'end') => {
  if (job === 'end') {
    ending = true;
    return;
  }
  ending = false;
  Promise.all(Array.from({ length: job.readers }, () => repeat(job))).then(
    (lists) => process.send?.({ lists: lists.reduce((sum, one) => sum + one, 0) } satisfies ListAnswer),
    (error: unknown) => process.send?.({ error: String(error) } satisfies ListAnswer),
  );
});
process.once('disconnect', () => process.exit());

async function repeat(job: ListJob): Promise<number> {
  for (let lists = 1; ; lists += 1) {
    const phones = await read(job);
    if (phones !== job.phones) throw new Error(`a list of ${phones} phones instead of ${job.phones}`);
    if (ending) return lists;
  }
}

/** Reads one list to its end. @returns how many phones it has: one comma less than phones stands between them */
function read({ port, credentials }: ListJob): Promise<number> {
  return new Promise((resolve, reject) => {
    const call = request(
      { port, host: '127.0.0.1', path: '/v1/card/getAllUsers', auth: credentials, agent: false },
      (response) => {
        let commas = 0;
        response.on('data', (chunk: Buffer) => {
          for (const byte of chunk) if (byte === 0x2c) commas += 1;
        });
        response.on('error', reject).on('end', () => resolve(commas + 1));
      },
    );
    call.on('error', reject).end();
  });
}
