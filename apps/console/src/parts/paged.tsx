import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Result } from '../api/problem.js';
import { Loaded, useLoad } from './load.js';
import { More } from './more.js';

interface PageOfList {
  readonly nextCursor: string | null;
}

export interface PagedProps<Filter, Page extends PageOfList> {
  /** What is looked for: another one begins with the first page again. */
  readonly filter: Filter;
  readonly ask: (filter: Filter, cursor?: string) => Promise<Result<Page>>;
  /** Shows the pages that are there. */
  readonly children: (pages: readonly Page[]) => ComponentChildren;
}

/** A list that is loaded page by page. */
export function Paged<Filter, Page extends PageOfList>({ filter, ask, children }: PagedProps<Filter, Page>) {
  const [later, setLater] = useState<{ readonly of: Filter; readonly pages: readonly Page[] }>({
    of: filter,
    pages: [],
  });
  const loading = useLoad(() => ask(filter), [filter]);
  // Those of an earlier search are none of this one.
  const further = later.of === filter ? later.pages : [];
  return (
    <Loaded of={loading}>
      {(first) => (
        <>
          {children([first, ...further])}
          <More
            key={JSON.stringify(filter)}
            cursor={(further.at(-1) ?? first).nextCursor}
            ask={(cursor) => ask(filter, cursor)}
            onPage={(page) => setLater({ of: filter, pages: [...further, page] })}
          />
        </>
      )}
    </Loaded>
  );
}
