import type { Measurement, Round, Row, RowResult, Environment } from './rows/row.js';
import { perSecond } from './table.js';

/** Measures the contestants of a row in turn, round by round, so that what disturbs the machine disturbs them all. */
export async function runRow(row: Row, environment: Environment, say: (line: string) => void): Promise<RowResult> {
  const contestants = await row.prepare(environment);
  const rounds: Round[] = [];
  for (let number = 1; number <= row.rounds; number += 1) {
    const round: Record<string, Measurement> = {};
    for (const [name, measure] of Object.entries(contestants)) round[name] = await measure();
    rounds.push(round);
    const figures = Object.entries(round).map(
      ([name, figure]) => `${name} ${perSecond(figure.perSecond)}/s${alone(figure)}`,
    );
    say(`${row.name}, round ${number} of ${row.rounds}: ${figures.join(', ')}`);
  }
  return { name: row.name, rivals: row.rivals, rounds };
}

/** Where it was measured: how long a lone request took. */
function alone({ details: { aloneP50Ms } }: Measurement): string {
  return aloneP50Ms === undefined ? '' : ` (a lone one ${aloneP50Ms.toFixed(2)} ms)`;
}
