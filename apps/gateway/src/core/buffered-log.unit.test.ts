import { expect, it } from '@jest/globals';
import { pino } from 'pino';
import { bufferedLog } from './buffered-log.js';
import { LOG_FORM } from './logger.js';

function logOf(level: string) {
  const lines: string[] = [];
  return { lines, logger: pino({ ...LOG_FORM, level }, { write: (text) => lines.push(text) }) };
}

it('writes a line as the log itself does, but for the time', () => {
  const { lines, logger } = logOf('info');
  logger.info({ code: 'ok', card: null }, 'loyalty call');
  const { info, flush } = bufferedLog(logger);
  info('"code":"ok","card":null', 'loyalty call');
  expect(lines).toHaveLength(1);
  flush();
  const [ofPino, buffered] = lines.map((line) => line.replace(/"time":"[-0-9T:.]{23}Z"/, '"time":""'));
  expect(buffered).toBe(ofPino);
});

it('writes nothing where the log has no lines of this level', () => {
  const { lines, logger } = logOf('warn');
  const { info, flush } = bufferedLog(logger);
  info('"code":"ok"', 'loyalty call');
  flush();
  expect(lines).toEqual([]);
});
