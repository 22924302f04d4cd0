import { lookAtGoLive } from '../api/go-live.js';
import { KoshelekPages } from '../parts/koshelek-pages.js';
import { Loaded, useLoad } from '../parts/load.js';
import { Page } from '../parts/page.js';
import { useEvery } from '../parts/use-every.js';
import { useIsAdmin } from '../session.js';
import { t } from '../text/t.js';
import { ItemsSection } from './go-live/items.js';
import { ResultsSection } from './go-live/results.js';
import { RunSection } from './go-live/run.js';

/** While a run is going on. */
const PERIOD_MS = 1_000;

/** What has to be true before Кошелёк calls, and the conformance kit against the own public address. */
export function GoLivePage() {
  const loading = useLoad(lookAtGoLive, []);
  const { value, reload } = loading;
  const isAdmin = useIsAdmin();
  const isRunning = value?.run != null && value.run.finishedAt === null;
  useEvery(PERIOD_MS, reload, isRunning);
  return (
    <Page title={t('golive.title')}>
      <KoshelekPages />
      <Loaded of={loading} isQuiet>
        {(goLive) => (
          <>
            <ItemsSection items={goLive.items} />
            <RunSection goLive={goLive} isAdmin={isAdmin} onStart={reload} />
            {goLive.run !== null && <ResultsSection checks={goLive.run.checks} />}
          </>
        )}
      </Loaded>
    </Page>
  );
}
