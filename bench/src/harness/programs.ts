import { fileURLToPath } from 'node:url';
import { startContestant, startProgram, type Contestant, type Program } from './contestant.js';

/** Every program of a run, so that none outlives it. */
export class Programs {
  private readonly running = new Set<Program>();
  private isClosed = false;

  /** @param folder where they run and log */
  constructor(private readonly folder: string) {}

  /** @param file a built file of this package, relative to its `dist`, or an absolute path */
  start(name: string, file: string, env: Readonly<Record<string, string>> = {}): Program {
    this.refuseWhenClosed();
    const program = startProgram({ name, file: built(file), env, folder: this.folder });
    this.running.add(program);
    return program;
  }

  /** Starts a server and waits until it listens. */
  async serve(
    name: string,
    file: string,
    env: Readonly<Record<string, string>>,
    portVariable = 'PORT',
  ): Promise<Contestant> {
    this.refuseWhenClosed();
    const options = { name, file: built(file), env, folder: this.folder, portVariable };
    return await startContestant(options, (contestant) => this.running.add(contestant));
  }

  async stop(program: Program): Promise<void> {
    await program.stop();
    this.running.delete(program);
  }

  /** Stops those that a row has started, all but the given ones. */
  async stopAllBut(...kept: readonly Program[]): Promise<void> {
    await Promise.all(
      [...this.running].filter((program) => !kept.includes(program)).map((program) => this.stop(program)),
    );
  }

  /** Stops everything; nothing can be started after it. */
  async close(): Promise<void> {
    this.isClosed = true;
    await this.stopAllBut();
  }

  private refuseWhenClosed(): void {
    if (this.isClosed) throw new Error('the benchmark is being stopped');
  }
}

function built(file: string): string {
  return file.startsWith('/') || /^[A-Z]:/i.test(file)
    ? file
    : fileURLToPath(new URL(`../../${file}`, import.meta.url));
}
