import { writeFile } from 'node:fs/promises';
import { findObstacle, runChecks, summarise } from '@vestibule/koshelek-kit';
import { readArguments, USAGE } from './arguments.js';
import { jsonReport } from './reports/json.js';
import { junitReport } from './reports/junit.js';
import { terminalReport } from './reports/terminal.js';

/** Where the run writes to. */
export interface Output {
  /** Report and help. */
  readonly write: (text: string) => void;
  /** One line that says why there was no run. */
  readonly writeError: (text: string) => void;
  /** Present on a terminal: how far the run is. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** The exit codes of the command. */
export type ExitCode = 0 | 1 | 2;

/**
 * The command `koshelek:check`: reads its arguments, runs every check and writes the reports.
 *
 * @returns 0 when every [D] check passed, 1 when one did not, 2 when nothing could be run
 */
export async function runKit(argv: readonly string[], output: Output): Promise<ExitCode> {
  const parsed = readArguments(argv);
  if (parsed.kind === 'help') {
    output.write(USAGE);
    return 0;
  }
  if (parsed.kind === 'usage-error') return giveUp(`${parsed.message}; --help shows the usage`, output);
  const { target, known, jsonFile, junitFile } = parsed.options;
  const obstacle = await findObstacle(target);
  if (obstacle !== undefined) return giveUp(obstacle, output);

  const startedAt = new Date();
  const { onProgress } = output;
  const run = await runChecks(target, { known, ...(onProgress === undefined ? {} : { onProgress }) });
  output.write(terminalReport(run));
  const files = [
    { name: jsonFile, text: () => jsonReport(run, target, startedAt) },
    { name: junitFile, text: () => junitReport(run) },
  ];
  for (const { name, text } of files) {
    if (name === undefined) continue;
    try {
      await writeFile(name, text());
    } catch (error) {
      return giveUp(`${name} cannot be written: ${error instanceof Error ? error.message : String(error)}`, output);
    }
  }
  return summarise(run.results).conforms ? 0 : 1;
}

function giveUp(why: string, { writeError }: Output): ExitCode {
  writeError(`koshelek:check: ${why}\n`);
  return 2;
}
