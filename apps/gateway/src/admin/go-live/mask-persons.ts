import { maskAnswer } from '../../orders/sending/mask-answer.js';

/**
 * The words of a failed check quote answers, which may name people who were not asked about.
 *
 * @returns the words without phones, e-mails, names of persons and card numbers
 */
export function maskPersons(said: string | null): string | null {
  return maskAnswer(said ?? undefined)?.replaceAll(/\d{6,}/g, '***') ?? null;
}
