import { useEffect, useRef, useState } from 'preact/hooks';
import { checkFile, lookAtFile, placeFile, type RefusedLine } from '../api/order-files.js';
import type { Problem } from '../api/problem.js';
import { Loaded, useLoad } from '../parts/load.js';
import { Page } from '../parts/page.js';
import { ProblemNote } from '../parts/problem-note.js';
import { t } from '../text/t.js';
import type { PageProps } from './index.js';
import { CheckSection } from './order-file/check.js';
import { ChooseSection } from './order-file/choose.js';
import { findChosen, keepChosen } from './order-file/chosen.js';
import { ProgressSection } from './order-file/progress.js';
import { settledCount } from './order-file/words.js';

const LOOK_MS = 1_000;
const RETRY_MS = 2_000;

/**
 * One file: what it would place, and how far it has come. The gateway knows the latter, so a reload shows it again; what a
 * gateway that ended in the middle has not placed, the same file brings.
 */
export function OrderFilePage({ params: { hash = '' } }: PageProps) {
  const loading = useLoad(() => lookAtFile(hash), [hash]);
  const chosen = findChosen(hash);
  const { state, refused, problem, place } = usePlacing(hash, loading.reload);
  const progress = loading.value?.progress;
  const isWatched = state !== 'idle' || (progress !== undefined && settledCount(progress) < progress.lines);
  useEffect(() => {
    if (!isWatched) return undefined;
    const timer = setInterval(loading.reload, LOOK_MS);
    return () => clearInterval(timer);
  }, [isWatched]);

  const isPartial = progress?.finishedAt === null && state === 'idle';
  const isWanted = chosen === undefined && loading.value !== undefined && (progress === undefined || isPartial);
  return (
    <Page title={t('file.title')}>
      <p role="status" class={state === 'idle' ? 'for-readers' : 'note'}>
        {state === 'idle' ? '' : t(state === 'waiting' ? 'file.waiting' : 'file.placing')}
      </p>
      {problem !== undefined && <ProblemNote problem={problem} />}
      {refused.length > 0 && (
        <p role="alert" class="note note-bad">
          {t('file.refused-lines', { lines: refused.map(({ line }) => line).join(', ') })}
        </p>
      )}
      {isPartial && <p class="note">{t('file.partial')}</p>}
      <Loaded of={loading} isQuiet>
        {(found) => found.progress !== undefined && <ProgressSection progress={found.progress} />}
      </Loaded>
      {isWanted && <ChooseSection title={t('file.choose-again')} onChecked={loading.reload} />}
      {chosen !== undefined && state === 'idle' && (
        <CheckSection checked={chosen.checked} onPlace={(again) => void place(again)} />
      )}
    </Page>
  );
}

type PlacingState = 'idle' | 'placing' | 'waiting';

/** Places a file, again and again while the gateway is away: each line has a key of its own, so nothing is placed twice. */
function usePlacing(hash: string, onChange: () => void) {
  const [state, setState] = useState<PlacingState>('idle');
  const [refused, setRefused] = useState<readonly RefusedLine[]>([]);
  const [problem, setProblem] = useState<Problem>();
  const isThere = useRef(true);
  useEffect(
    () => () => {
      isThere.current = false;
    },
    [],
  );
  const place = async (again: boolean): Promise<void> => {
    const chosen = findChosen(hash);
    if (chosen === undefined || state !== 'idle') return;
    setProblem(undefined);
    setState('placing');
    let result = await placeFile(chosen.file, again);
    while (!result.ok && isAway(result.problem) && isThere.current) {
      setState('waiting');
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      result = await placeFile(chosen.file, again);
    }
    if (result.ok) {
      setRefused(result.value.refused);
      // What of it is there now.
      const checked = await checkFile(chosen.file);
      if (checked.ok) keepChosen({ file: chosen.file, checked: checked.value });
    } else setProblem(result.problem);
    setState('idle');
    onChange();
  };
  return { state, refused, problem, place };
}

/** It may come back, and the call can be repeated. */
function isAway({ status }: Problem): boolean {
  return status === 0 || status >= 500;
}
