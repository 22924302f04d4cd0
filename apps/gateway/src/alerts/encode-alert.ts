import { escapeHtml } from '../core/escape-html.js';
import type { Alert } from './alert.js';
import type { AlertTarget } from './alert-target.js';

/** Telegram takes 4096 characters; no alert needs them. */
const MOST_CHARACTERS = 3_500;
const MARKS = { info: '🔵', warning: '🟡', critical: '🔴' } as const;

/** Where an alert goes and what is in it; the query of Telegram's address belongs to the body. */
export function encodeAlert(
  alert: Alert,
  { form, url }: Pick<AlertTarget, 'form' | 'url'>,
): { url: string; body: Buffer } {
  switch (form) {
    case 'standard':
      return { url, body: json(standardBody(alert)) };
    case 'telegram': {
      const address = new URL(url);
      const fields = Object.fromEntries(address.searchParams);
      address.search = '';
      return { url: address.href, body: json({ ...fields, text: textOf(alert), disable_web_page_preview: true }) };
    }
    case 'mattermost':
      // An @ may call everyone in a channel.
      return { url, body: json({ text: textOf(alert).replaceAll('@', '@\u200B') }) };
    case 'slack':
      // `<!channel>` would call everyone.
      return { url, body: json({ text: escapeHtml(textOf(alert)) }) };
  }
}

function standardBody(alert: Alert): object {
  const { phase, kind, severity, sentence, whatToDo, runbook, console, openedAt, closedAt, eventId, more } = alert;
  return {
    type: `alert.${phase}`,
    timestamp: closedAt ?? openedAt,
    data: { kind, severity, sentence, whatToDo, runbook, console, openedAt, closedAt, eventId, more },
  };
}

/** For people in a chat: Russian first, then English. */
function textOf({
  phase,
  kind,
  severity,
  sentence,
  whatToDo,
  runbook,
  console,
  openedAt,
  closedAt,
  eventId,
  more,
}: Alert): string {
  const mark = phase === 'closed' ? '✅' : MARKS[severity];
  const lines = [`${mark} ${kind}`, sentence.ru, sentence.en];
  if (more > 0) lines.push(`И ещё ${more} таких. And ${more} more of them.`);
  if (phase !== 'closed') lines.push(`Что делать: ${whatToDo.ru} ${runbook.ru}`);
  if (phase !== 'closed' && console !== null) lines.push(console);
  const times = [openedAt, ...(closedAt === null ? [] : [closedAt])].map((at) => at.toISOString());
  lines.push(`${times.join(' – ')}${eventId === null ? '' : ` · ${eventId}`}`);
  const text = lines.join('\n');
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
}

function json(value: object): Buffer {
  return Buffer.from(JSON.stringify(value));
}
