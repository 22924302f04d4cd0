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
    if (!process.stdout.isTTY) return;
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
    if (process.stdout.isTTY) process.stdout.write('\r\u001b[2K');
  }
}

/** A failure whose message is all a person needs: no stack is shown. An empty one was shown already. */
export class StepError extends Error {}

/**
 * Runs a script's main function; a failure becomes its message and exit status 1.
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
    process.exit(1);
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
