import { useEffect, useRef, useState } from 'preact/hooks';
import type { Problem, Result } from '../api/problem.js';
import { ProblemNote } from './problem-note.js';
import { t } from '../text/t.js';

export interface MoreProps<Page> {
  /** The next page's cursor; null at the end. */
  readonly cursor: string | null;
  readonly ask: (cursor: string) => Promise<Result<Page>>;
  readonly onPage: (page: Page) => void;
}

/**
 * The button that loads the next page of a list. Give it the list's `key`: a page that arrives after the list was
 * replaced is dropped.
 */
export function More<Page>({ cursor, ask, onPage }: MoreProps<Page>) {
  const [problem, setProblem] = useState<Problem>();
  const [isBusy, setBusy] = useState(false);
  const isThere = useRef(true);
  useEffect(
    () => () => {
      isThere.current = false;
    },
    [],
  );
  if (cursor === null) return null;
  const load = async (): Promise<void> => {
    if (isBusy) return;
    setBusy(true);
    const result = await ask(cursor);
    if (!isThere.current) return;
    setBusy(false);
    setProblem(result.ok ? undefined : result.problem);
    if (result.ok) onPage(result.value);
  };
  return (
    <div class="more">
      {problem !== undefined && <ProblemNote problem={problem} />}
      <button type="button" aria-disabled={isBusy} onClick={() => void load()}>
        {t(isBusy ? 'action.busy' : 'action.more')}
      </button>
    </div>
  );
}
