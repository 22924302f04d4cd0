import { summarise, textOf, type Exchange, type RunResult, type Target } from '@vestibule/koshelek-kit';

/** The machine-readable report: every check with the expected and the found result, and the calls it is based on. */
export function jsonReport({ results, calls }: RunResult, { baseUrl, apiVersion }: Target, startedAt: Date): string {
  const report = {
    url: baseUrl.href,
    apiVersion,
    startedAt: startedAt.toISOString(),
    calls,
    summary: summarise(results),
    checks: results.map(({ theme, row, finding }) => ({
      id: row.id,
      theme,
      method: row.method,
      certainty: row.certainty,
      sentence: row.sentence,
      expected: row.expected,
      outcome: finding.outcome,
      found: finding.outcome === 'failed' ? finding.found : undefined,
      reason: 'reason' in finding ? finding.reason : undefined,
      exchanges: finding.evidence.map(exchangeJson),
    })),
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}

function exchangeJson(exchange: Exchange) {
  const { request, answer, durationMs } = exchange;
  return {
    request: { verb: request.verb, target: request.target, headers: request.headers, body: request.body },
    answer:
      answer.failure === undefined
        ? { status: answer.status, headers: answer.headers, body: textOf(exchange) }
        : { failure: answer.failure },
    durationMs,
  };
}
