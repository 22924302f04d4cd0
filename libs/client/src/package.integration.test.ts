import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const PACKAGE = fileURLToPath(new URL('..', import.meta.url));
const ROOT = createRequire(new URL('../../../package.json', import.meta.url));

/** Uses a value and a type of everything a service would. */
const TYPED = `
import { ApiError, PROBLEM_TYPES, VestibuleClient, verifyCallback, type NewOrder, type Order } from '@vestibule/client';
const client = new VestibuleClient({ baseUrl: 'http://127.0.0.1:1', apiKey: 'key' });
const order: NewOrder = {
  order: { orderData: [{ type: 'owncard', cardNumber: '0012345678', tariffId: 2671, currencyId: 'RUB' }], phone: '+79161234567' },
};
export const placed: Promise<{ order: Order; replayed: boolean }> = client.createOrder(order);
export const event = (body: string): 'order.confirmed' | string => verifyCallback({ headers: {}, body }, 'whsec_').event.type;
export const orderOf = (body: string): string | undefined => {
  const { event } = verifyCallback({ headers: {}, body }, 'whsec_');
  return event.type === 'test' ? undefined : event.data.order.id;
};
export const tariffs: Promise<{ tariffs: { id: number | string }[] }> = client.catalog.tariffs();
export const isReuse = (error: unknown): boolean =>
  error instanceof ApiError && error.type === PROBLEM_TYPES.IDEMPOTENCY_KEY_REUSE;
export const status = (error: unknown): number => (error instanceof ApiError ? error.status : 0);
// @ts-expect-error -- a new card needs its kind and a number of cards
export const wrong: NewOrder = { order: { orderData: [{ type: 'newcard', tariffId: 1, currencyId: 'RUB' }] } };
`;

describe('the built package', () => {
  let folder: string;
  const inFolder = (file: string, text: string) => writeFile(join(folder, file), text);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vestibule-client-'));
    // What `npm install` of the packed package installs: the manifest and what `files` names.
    const installed = join(folder, 'node_modules/@vestibule/client');
    await mkdir(installed, { recursive: true });
    const manifest = JSON.parse(await readFile(join(PACKAGE, 'package.json'), 'utf8')) as { files: string[] };
    for (const name of ['package.json', ...manifest.files]) {
      await cp(join(PACKAGE, name), join(installed, name), { recursive: true });
    }
    // Types of Node itself are the service's own.
    await cp(dirname(ROOT.resolve('@types/node/package.json')), join(folder, 'node_modules/@types/node'), {
      recursive: true,
      dereference: true,
    });
    const undici = createRequire(ROOT.resolve('@types/node/package.json')).resolve('undici-types/package.json');
    await cp(dirname(undici), join(folder, 'node_modules/undici-types'), { recursive: true, dereference: true });
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each([
    ['import', 'use.mjs', `import * as client from '@vestibule/client';`],
    ['require', 'use.cjs', `const client = require('@vestibule/client');`],
  ])('can be had by %s, and needs no other package', async (_, file, load) => {
    await inFolder(
      file,
      `${load}\nconsole.log(Object.keys(client).filter((name) => name !== 'default').sort().join());`,
    );
    const { stdout } = await run(process.execPath, [file], { cwd: folder });
    expect(stdout.trim().split(',')).toEqual([
      'ApiError',
      'CallbackError',
      'ConnectionError',
      'PROBLEM_TYPES',
      'VestibuleClient',
      'WaitTimeoutError',
      'isFinal',
      'verifyCallback',
    ]);
  });

  it.each([
    ['an ES module', 'typed.mts', 'nodenext', 'nodenext'],
    ['a CommonJS module', 'typed.cts', 'nodenext', 'nodenext'],
    ['a bundler', 'typed.mts', 'preserve', 'bundler'],
  ])('has types for %s, and they refuse a faulty order', async (_, file, module, moduleResolution) => {
    await inFolder(file, TYPED);
    const tsc = join(dirname(ROOT.resolve('typescript/package.json')), 'bin/tsc');
    const options = ['--noEmit', '--strict', '--target', 'es2022', '--lib', 'es2023', '--types', 'node'];
    const given = run(
      process.execPath,
      [tsc, ...options, '--module', module, '--moduleResolution', moduleResolution, file],
      { cwd: folder },
    );
    expect(await given.catch((error: { stdout: string }) => error.stdout)).toEqual({ stdout: '', stderr: '' });
  });
});
