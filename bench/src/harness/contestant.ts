import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '@vestibule/gateway/embedded-postgres';

const POLL_MS = 20;
const START_LIMIT_MS = 30_000;
const STOP_LIMIT_MS = 15_000;

export interface ProgramOptions {
  /** For messages, and for the name of its log. */
  readonly name: string;
  /** A built JavaScript file. */
  readonly file: string;
  /** Everything it gets from the environment, in addition to what Node itself needs. */
  readonly env: Readonly<Record<string, string>>;
  /** A folder for its log; it also runs there, so that no `.env` reaches it. */
  readonly folder: string;
}

/** A program of the benchmark, in a process of its own. */
export interface Program {
  readonly child: ChildProcess;
  /** Resolves with the next message it sends; fails when it ends instead. */
  message<T>(): Promise<T>;
  /** Asks it to stop, and kills it when it does not; safe to call twice. */
  stop(): Promise<void>;
}

/**
 * Starts a program in a process group of its own: a Ctrl-C is for the benchmark, which then stops everything in order.
 * Over the channel the program notices when the benchmark itself is gone.
 */
export function startProgram({ name, file, env, folder }: ProgramOptions): Program {
  const logFile = join(folder, `${name}.log`);
  const log = openSync(logFile, 'w');
  const { PATH = '', HOME = '', BENCH_NODE_ARGS = '' } = process.env;
  const child = spawn(process.execPath, [...BENCH_NODE_ARGS.split(' ').filter(Boolean), file], {
    cwd: folder,
    env: { PATH, HOME, NODE_ENV: 'production', ...env },
    detached: true,
    stdio: ['ignore', log, log, 'ipc'],
  });
  closeSync(log);
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const failure = (): Error => {
    const said = readFileSync(logFile, 'utf8').trim().split('\n').slice(-10).join('\n');
    return new Error(`${name} ended unexpectedly (${child.signalCode ?? `exit ${child.exitCode}`})\n${said}`);
  };
  return {
    child,
    message: async <T>() => {
      if (hasEnded(child)) throw failure();
      return await new Promise<T>((resolve, reject) => {
        const onEnd = (): void => reject(failure());
        child.once('close', onEnd);
        child.once('message', (message) => {
          child.off('close', onEnd);
          resolve(message as T);
        });
      });
    },
    stop: async () => {
      if (hasEnded(child)) return;
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
      await ended;
      clearTimeout(timer);
    },
  };
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

/** A server that is being measured. */
export interface Contestant extends Program {
  readonly port: number;
}

/**
 * Starts a server and waits until it takes connections on the port it was given in `portVariable`.
 *
 * @param onStart gets the process before it listens, so that it can be stopped at any moment
 */
export async function startContestant(
  options: ProgramOptions & { readonly portVariable: string },
  onStart: (contestant: Contestant) => void,
): Promise<Contestant> {
  const port = await freePort();
  const env = { ...options.env, [options.portVariable]: String(port) };
  const contestant = { ...startProgram({ ...options, env }), port };
  onStart(contestant);
  const deadline = Date.now() + START_LIMIT_MS;
  while (!(await takesConnections(port))) {
    if (hasEnded(contestant.child)) await contestant.message();
    if (Date.now() > deadline) throw new Error(`${options.name} did not start within ${START_LIMIT_MS / 1000} s`);
    await delay(POLL_MS);
  }
  return contestant;
}

function takesConnections(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
