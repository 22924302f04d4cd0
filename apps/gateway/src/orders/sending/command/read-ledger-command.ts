import { parseArgs } from 'node:util';
import { holdsContact } from '../../../audit/contact-in-text.js';
import { isInstant } from '../../../http/instant.js';

export type LedgerCommand =
  | { readonly kind: 'help' }
  | { readonly kind: 'fault'; readonly fault: string }
  | { readonly kind: 'status' }
  | { readonly kind: 'stop'; readonly why: string }
  | { readonly kind: 'resume'; readonly why: string; readonly sentUntil: string | undefined }
  | { readonly kind: 'journal'; readonly file: string };

export const LEDGER_USAGE = `usage: node apps/gateway/dist/ledger.js COMMAND

  status                                   whether orders are sent, and what is known of the ledger
  stop --why TEXT                          stops sending in all processes; orders are accepted and wait
  resume --why TEXT [--sent-until MOMENT]  lets orders be sent again. With MOMENT, such as 2026-05-01T03:00:00Z, every
                                           waiting order that was accepted until then becomes unknown instead: it may
                                           have been sent. Without it you say that nothing was sent elsewhere.
  journal FILE                             prints a send journal, and says what is damaged in it

DATABASE_URL (or DATA_DIR) says where the ledger is. Exit code 0: done, or open; 1: failed, stopped, or damaged; 2: not
understood.`;

/** Reads the words behind the name of the program. */
export function readLedgerCommand(args: readonly string[]): LedgerCommand {
  const options = { why: { type: 'string' }, 'sent-until': { type: 'string' }, help: { type: 'boolean' } } as const;
  let parsed;
  try {
    parsed = parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    return { kind: 'fault', fault: (error as Error).message };
  }
  const { values, positionals } = parsed;
  const [name, file, ...rest] = positionals;
  if (values.help === true || name === 'help') return { kind: 'help' };
  if (rest.length > 0 || (file !== undefined && name !== 'journal')) {
    return { kind: 'fault', fault: 'There are too many words; put the reason in quotes.' };
  }
  if (values['sent-until'] !== undefined && name !== 'resume') {
    return { kind: 'fault', fault: '--sent-until belongs to resume.' };
  }
  switch (name) {
    case 'status':
      return { kind: 'status' };
    case 'journal':
      return file === undefined ? { kind: 'fault', fault: 'Which file?' } : { kind: 'journal', file };
    case 'stop':
      return withWhy(values.why, (why) => ({ kind: 'stop', why }));
    case 'resume':
      return readResume(values.why, values['sent-until']);
    default:
      return { kind: 'fault', fault: name === undefined ? 'Which command?' : `There is no command ${name}.` };
  }
}

function readResume(why: string | undefined, sentUntil: string | undefined): LedgerCommand {
  if (sentUntil !== undefined && !isInstant(sentUntil)) {
    return { kind: 'fault', fault: '--sent-until must be a moment with its zone, such as 2026-05-01T03:00:00Z.' };
  }
  return withWhy(why, (given) => ({ kind: 'resume', why: given, sentUntil }));
}

function withWhy(why: string | undefined, use: (why: string) => LedgerCommand): LedgerCommand {
  if (why === undefined || why.trim() === '') return { kind: 'fault', fault: '--why is missing: the audit keeps it.' };
  if (holdsContact(why)) {
    return { kind: 'fault', fault: 'Leave phones and e-mails out of --why: it is kept when a person is erased.' };
  }
  return use(why);
}
