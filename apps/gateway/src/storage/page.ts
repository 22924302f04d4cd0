/**
 * A page of a list. The statement asks for one row more than the page has, which shows whether there is another page.
 *
 * @param rows what the statement gave for a limit of `rowsFor(limit)`
 * @returns the page, and its last row when more follow
 */
export function pageOf<R>(rows: readonly R[], limit: number): { page: R[]; last: R | undefined } {
  const page = rows.slice(0, limit);
  return { page, last: rows.length > limit ? page.at(-1) : undefined };
}

/** The limit of a statement whose rows `pageOf` cuts. */
export function rowsFor(limit: number): number {
  return limit + 1;
}
