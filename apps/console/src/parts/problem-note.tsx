import type { ComponentChildren } from 'preact';
import type { Problem } from '../api/problem.js';

/** What went wrong; said aloud by a screen reader as soon as it appears. */
export function ProblemNote({ problem, children }: { problem: Problem; children?: ComponentChildren }) {
  return (
    <div role="alert" class="note note-bad">
      <p>{problem.detail}</p>
      {children}
    </div>
  );
}
