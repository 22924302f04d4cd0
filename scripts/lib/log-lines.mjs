/** What happens to orders and cards, in a sentence each, by the message of the log line. */
const NEWS = {
  attempt: ({ orderId, status, totalAmount, resultCode, reason }) => {
    if (status === 'confirmed') return `order ${orderId} confirmed, ${roubles(totalAmount)}`;
    const why = reason ?? (resultCode === null ? undefined : `resultCode ${resultCode}`);
    return `order ${orderId} ${status}${why ? ` (${why})` : ''}`;
  },
  'callback attempt': ({ type, orderId, outcome }) =>
    `callback ${type} of order ${orderId}: ${outcome === 'delivered' ? 'delivered' : `not delivered (${outcome})`}`,
  cancellation: ({ orderId, outcome }) => `cancellation of order ${orderId}: ${outcome}`,
  'loyalty call': ({ method, code, durationMs }) => `Кошелёк calls ${method}: ${code}, ${Math.round(durationMs)} ms`,
};

/** Lines of these levels are shown whatever they say. */
const TROUBLE = ['warn', 'error', 'fatal', 40, 50, 60];

/**
 * What the demo shows of a log line.
 *
 * @param {string} line as the program wrote it
 * @param {{ everything: boolean }} options without `everything` only news and trouble are shown
 * @returns {Record<string, unknown> | undefined} the line, news as a sentence without the fields that are in it
 */
export function readLine(line, { everything }) {
  let record;
  try {
    record = JSON.parse(line);
  } catch {
    return { level: 'info', msg: line };
  }
  const { level, time, msg } = record;
  const news = Object.hasOwn(NEWS, msg) ? NEWS[msg](record) : undefined;
  if (news !== undefined) return { level, time, msg: news };
  return everything || TROUBLE.includes(level) ? record : undefined;
}

/**
 * Shows the log of a program: in a terminal as lines for people, elsewhere the JSON that it wrote.
 *
 * @param {import('node:stream').Readable} log
 * @param {{ everything: boolean }} options as for {@link readLine}
 */
export async function showLog(log, options) {
  const { createInterface } = await import('node:readline');
  const format = process.stdout.isTTY ? await terminalFormat() : (_record, line) => `${line}\n`;
  for await (const line of createInterface({ input: log })) {
    const record = readLine(line, options);
    if (record !== undefined) process.stdout.write(format(record, line));
  }
}

/** Imported only here: before the first installation there is no pino-pretty. */
async function terminalFormat() {
  const { prettyFactory } = await import('pino-pretty');
  const pretty = prettyFactory({
    colorize: true,
    singleLine: true,
    translateTime: 'SYS:HH:MM:ss',
    ignore: 'pid,hostname',
  });
  return (record) => pretty(record);
}

function roubles(amount) {
  return amount === null || amount === undefined
    ? 'for an unknown sum'
    : `${Number(amount).toLocaleString('en-US', { maximumFractionDigits: 2 })} ₽`;
}
