const BAR_WIDTH = 24;

/**
 * Shows what is being done: on a terminal a progress bar that is redrawn, and everywhere one line per
 * finished step with its duration.
 */
export class Steps {
  #done = 0;
  #timer;

  /** @param {number} total how many steps there will be */
  constructor(total) {
    this.total = total;
  }

  /**
   * @template T
   * @param {string} title what is being done, such as "install dependencies"
   * @param {(note: (text: string) => void) => Promise<T> | T} work may report its progress
   * @returns {Promise<T>}
   */
  async run(title, work) {
    const started = performance.now();
    let note = '';
    this.#draw(() => `${title} ${((performance.now() - started) / 1000).toFixed(0)} s ${note}`);
    try {
      const result = await work((text) => (note = text));
      this.#erase();
      this.#done += 1;
      process.stdout.write(`✓ ${title} (${((performance.now() - started) / 1000).toFixed(1)} s)\n`);
      return result;
    } catch (error) {
      this.#erase();
      process.stdout.write(`✗ ${title} (${((performance.now() - started) / 1000).toFixed(1)} s)\n`);
      throw error;
    }
  }

  /** @param {() => string} text */
  #draw(text) {
    if (!canRedraw(process.stdout)) return;
    const draw = () => {
      const filled = Math.round((this.#done / this.total) * BAR_WIDTH);
      const bar = '█'.repeat(filled) + '░'.repeat(BAR_WIDTH - filled);
      const line = `[${bar}] ${this.#done + 1}/${this.total} ${text()}`;
      process.stdout.write(`\r\u001b[2K${line.slice(0, (process.stdout.columns || 80) - 1)}`);
    };
    draw();
    this.#timer = setInterval(draw, 100);
  }

  #erase() {
    clearInterval(this.#timer);
    if (canRedraw(process.stdout)) process.stdout.write('\r\u001b[2K');
  }
}

/** Whether a line can be written over: not in a file, and not on a terminal that knows no cursor. */
function canRedraw({ isTTY }) {
  return isTTY === true && process.env.TERM !== 'dumb';
}

/** A failure whose message is all a person needs: no stack is shown. An empty one was shown already. */
export class StepError extends Error {}

/** The words behind the command cannot be understood. */
export class UsageError extends StepError {}

/** For a command that takes no words but `--help`. @param {() => Promise<void>} main */
export function takesNothing(main) {
  return async () => {
    const [word] = process.argv.slice(2);
    if (word !== undefined) throw new UsageError(`${word} is not known here; --help shows the usage`);
    await main();
  };
}

/**
 * Runs a script's main function; a failure becomes its message and exit status 1, or 2 if the words were not understood.
 *
 * @param {() => Promise<void>} main
 * @param {string} [help] what `--help` prints, if the command does not print it itself
 */
export function runScript(main, help) {
  if (help !== undefined && process.argv.slice(2).some((argument) => argument === '--help' || argument === '-h')) {
    process.stdout.write(help);
    return;
  }
  const fail = (error) => {
    const said = error instanceof StepError ? error.message : `no verdict: it broke off (${describe(error)})`;
    if (said !== '') process.stderr.write(`vestibule: ${said}\n`);
    // A timer or a channel of a half-started demo must not keep us.
    process.exit(error instanceof UsageError ? 2 : 1);
  };
  // What a slow machine makes fail beside the work, such as a call that no one waits for any more.
  process.on('uncaughtException', fail);
  main().catch(fail);
}

/** The message, and for developers the first line of ours that it came from. */
function describe(error) {
  if (!(error instanceof Error)) return String(error);
  const place = error.stack?.split('\n').find((line) => line.startsWith('    at ') && !/node:|node_modules/.test(line));
  return place === undefined ? error.message : `${error.message}, ${place.trim()}`;
}
