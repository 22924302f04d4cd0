import { escapeHtml } from '../../core/escape-html.js';
import { integer, named, object, text } from '../schema/schema.js';
import type { ProblemKind } from './problem-kind.js';

export const PROBLEM_KIND = named(
  'ProblemKind',
  object(
    {
      type: text('What `type` of such a problem is.'),
      status: integer('The HTTP status of such a problem.', { minimum: 400, maximum: 599 }),
      title: text('The kind in words.'),
      meaning: text('What has happened.'),
      whatToDo: text('What to do now.'),
    },
    { description: 'An entry of the catalogue of problems.' },
  ),
);

/** The page loads nothing and runs nothing. */
export const PAGE_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** An entry of the catalogue for a person who follows `type` in a browser. */
export function problemPage({
  type,
  status,
  title,
  meaning,
  whatToDo,
}: ProblemKind & { readonly type: string }): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${escapeHtml(title)}</title>
  </head>
  <body>
    <h1>${escapeHtml(title)}</h1>
    <p><code>${type}</code>, answered with ${status}</p>
    <p>${escapeHtml(meaning)}</p>
    <p><b>What to do.</b> ${escapeHtml(whatToDo)}</p>
  </body>
</html>
`;
}
