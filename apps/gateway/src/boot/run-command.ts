import { parseArgs } from 'node:util';
import { reportStartFailure } from './run.js';

/** The words behind the name of a program cannot be understood; the message ends with its usage. */
export class UsageError extends Error {
  constructor(fault: string, usage: string) {
    super(`${fault}\n\n${usage.trimEnd()}`);
  }
}

/**
 * Reads the words behind the name of a program that takes none.
 *
 * @returns whether its usage was asked for, and has been printed
 * @throws UsageError for any other word
 */
export function printsUsage(usage: string): boolean {
  let values;
  try {
    ({ values } = parseArgs({ options: { help: { type: 'boolean', short: 'h' } } }));
  } catch (error) {
    throw new UsageError((error as Error).message, usage);
  }
  if (values.help === true) process.stdout.write(usage);
  return values.help === true;
}

/** Reports why a program has failed, and gives its exit code: 2 if it was not understood, otherwise 1. */
export function reportFailure(error: unknown): number {
  reportStartFailure(error);
  return error instanceof UsageError ? 2 : 1;
}

/** Ends the process with the exit code of a command, or with that of its failure. */
export function exitWith(command: Promise<number>): void {
  void command.catch(reportFailure).then((code) => (process.exitCode = code));
}
