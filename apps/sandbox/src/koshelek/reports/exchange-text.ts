import { textOf, type Exchange } from '@vestibule/koshelek-kit';

const BODY_SHOWN = 2_000;

/** A call and its answer as they were on the wire, for people. */
export function exchangeText(exchange: Exchange): string {
  const { request, answer } = exchange;
  const lines = [`${request.verb} ${request.target}`];
  for (const [name, value] of request.headers) lines.push(`${name}: ${value}`);
  if (request.body !== '') lines.push('', shorten(request.body));
  lines.push('');
  if (answer.failure === undefined) {
    lines.push(`HTTP ${answer.status} after ${exchange.durationMs} ms`);
    for (const [name, value] of answer.headers) lines.push(`${name}: ${value}`);
    lines.push('', answer.body.length === 0 ? '(no body)' : shorten(textOf(exchange)));
  } else {
    lines.push(`no answer: ${answer.failure}`);
  }
  return lines.join('\n');
}

function shorten(text: string): string {
  return text.length > BODY_SHOWN ? `${text.slice(0, BODY_SHOWN)}… (${text.length} characters)` : text;
}
