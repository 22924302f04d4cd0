import type { ComponentChildren } from 'preact';
import type { Problem } from '../api/problem.js';

/** An error; a screen reader announces it as soon as it appears. */
export function ProblemNote({ problem, children }: { problem: Problem; children?: ComponentChildren }) {
  const faults = Object.entries(problem.fields);
  return (
    <div role="alert" class="note note-bad">
      <p>{problem.detail}</p>
      {faults.length > 0 && (
        <ul class="plain">
          {faults.map(([field, fault]) => (
            <li key={field}>
              {field}: {fault}
            </li>
          ))}
        </ul>
      )}
      {children}
    </div>
  );
}
