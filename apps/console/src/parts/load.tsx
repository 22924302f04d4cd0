import type { ComponentChildren } from 'preact';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Problem, Result } from '../api/problem.js';
import { ProblemNote } from './problem-note.js';
import { t } from '../text/t.js';

export interface Loading<T> {
  readonly value: T | undefined;
  readonly problem: Problem | undefined;
  readonly isBusy: boolean;
  /** Loads again; the shown data stay until the answer arrives. */
  readonly reload: () => void;
}

/**
 * Loads data when a page is shown, and again whenever one of `inputs` changes. An answer to a replaced request is
 * ignored.
 */
export function useLoad<T>(ask: () => Promise<Result<T>>, inputs: readonly unknown[]): Loading<T> {
  const [state, setState] = useState<{ value?: T; problem?: Problem; isBusy: boolean }>({ isBusy: true });
  const question = useRef(0);
  const load = useCallback(async () => {
    question.current += 1;
    const mine = question.current;
    setState((before) => ({ ...before, isBusy: true }));
    const result = await ask();
    if (mine !== question.current) return;
    if (result.ok) setState({ value: result.value, isBusy: false });
    else setState({ problem: result.problem, isBusy: false });
  }, inputs);
  useEffect(() => {
    setState({ isBusy: true });
    void load();
    return () => {
      question.current += 1;
    };
  }, [load]);
  return { value: state.value, problem: state.problem, isBusy: state.isBusy, reload: () => void load() };
}

export interface LoadedProps<T> {
  readonly of: Loading<T>;
  /** Data that renew themselves: a screen reader does not announce each time. */
  readonly isQuiet?: boolean;
  readonly children: (value: T) => ComponentChildren;
}

/** Shows the data, or that they are loading, or the error and a button to try again. */
export function Loaded<T>({ of, isQuiet = false, children }: LoadedProps<T>) {
  const isAnnounced = of.isBusy && !(isQuiet && of.value !== undefined);
  return (
    <div aria-busy={of.isBusy}>
      <p role="status" class={of.value === undefined && of.isBusy ? 'quiet' : 'for-readers'}>
        {isAnnounced ? t('load.busy') : ''}
      </p>
      {of.problem !== undefined && (
        <ProblemNote problem={of.problem}>
          <button type="button" onClick={of.reload}>
            {t('action.retry')}
          </button>
        </ProblemNote>
      )}
      {of.value !== undefined && children(of.value)}
    </div>
  );
}
