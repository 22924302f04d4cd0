import type { Queue } from 'bullmq';
import type { CappedLog, CappedLogOptions } from './capped-log.js';
import type { HealthCheck } from '../health/health-watch.js';

/** A job in the queue: an id that it accepts only once, and data without personal data. */
export interface QueuedJob<T> {
  readonly id: string;
  readonly data: T;
  /** When it may run, from now, in milliseconds. */
  readonly delayMs?: number;
}

/** Gives BullMQ's own object to one who only reads; fails while the backend is away. */
export type InspectQueue = () => Promise<Queue>;

/** A queue on any backend. Every call fails fast while the backend is away. */
export interface JobQueue<T> {
  /** A job whose id is still known is silently ignored. */
  add(jobs: readonly QueuedJob<T>[]): Promise<void>;
  /** Which of these ids are in the queue, waiting or running. */
  known(ids: readonly string[]): Promise<ReadonlySet<string>>;
  /** How many jobs wait, run and are delayed. */
  counts(): Promise<Readonly<Record<string, number>>>;
  readonly inspect: InspectQueue;
  close(): Promise<void>;
}

/** Whether a worker may take jobs. */
export interface WorkerGate {
  readonly isOpen: boolean;
  /** @returns a function that removes the listener */
  onChange(listener: () => void): () => void;
}

export interface WorkerOptions {
  readonly concurrency: number;
  /** While it is closed, this worker takes no jobs, and others may take them. */
  readonly gate: WorkerGate;
}

/** What a job has come to. */
export type JobOutcome =
  | { readonly kind: 'done' }
  /** The worker keeps it for so long, and then runs it again; it takes no other job meanwhile. */
  | { readonly kind: 'pause'; readonly pauseMs: number }
  /** It goes back to the front of the queue, for any worker. */
  | { readonly kind: 'give-back' };

export type JobProcessor<T> = (data: T) => Promise<JobOutcome>;

/** Takes jobs until it is closed; closing waits for running ones. */
export interface JobWorker {
  close(): Promise<void>;
}

/** BullMQ on Redis or on PostgreSQL, behind one face. */
export interface QueueBackend {
  readonly kind: 'redis' | 'postgres';
  /** Makes what the backend needs, once per start. */
  prepare(): Promise<void>;
  openQueue<T>(name: string): JobQueue<T>;
  openWorker<T>(name: string, process: JobProcessor<T>, options: WorkerOptions): JobWorker;
  /** Lists of lines beside the queue, for copies; undefined on PostgreSQL, where a copy would be lost with the original. */
  openCappedLog(name: string, options: CappedLogOptions): CappedLog | undefined;
  /** Resolves if the backend answers and does what a queue needs of it; the error says what it refuses. */
  ping(): Promise<void>;
  /** What can be wrong with it beside that. */
  readonly check: HealthCheck;
  close(): Promise<void>;
}
