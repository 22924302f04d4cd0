import { pino, type DestinationStream } from 'pino';
import { LOG_FORM, type Logger } from './logger.js';

const MOST_CHARACTERS = 8 * 1024;
const LATEST_MS = 100;

/**
 * A log for lines that come by the thousand: one write to the same place for many of them, a moment later. Nothing in
 * them is looked through for secrets, which costs twice what a line does: its writer gives fixed fields.
 */
export interface BufferedLog {
  readonly log: Logger;
  /** Writes what has gathered. */
  readonly flush: () => void;
}

/** @param logger where the lines go, and from which level on */
export function bufferedLog(logger: Logger): BufferedLog {
  const { [pino.symbols.streamSym]: stream } = logger as unknown as { [pino.symbols.streamSym]: DestinationStream };
  let gathered = '';
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const text = gathered;
    gathered = '';
    if (text !== '') stream.write(text);
  };
  const write = (line: string): void => {
    gathered += line;
    if (gathered.length > MOST_CHARACTERS) flush();
    else timer ??= setTimeout(flush, LATEST_MS).unref();
  };
  return { log: pino({ ...LOG_FORM, level: logger.level }, { write }), flush };
}
