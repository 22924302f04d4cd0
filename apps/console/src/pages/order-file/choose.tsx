import { useRef, useState } from 'preact/hooks';
import { checkFile, loadTemplate } from '../../api/order-files.js';
import type { Problem } from '../../api/problem.js';
import { Section } from '../../parts/page.js';
import { ProblemNote } from '../../parts/problem-note.js';
import { saveFile } from '../../parts/save-file.js';
import { hrefOf } from '../../router.js';
import { t, tWord } from '../../text/t.js';
import { keepChosen } from './chosen.js';

/** A place to drop a file on or to choose one, which is checked at once. @param onChecked instead of going to its page */
export function ChooseSection({ title, onChecked }: { title: string; onChecked?: () => void }) {
  const [problem, setProblem] = useState<Problem>();
  const [isBusy, setBusy] = useState(false);
  const [isOver, setOver] = useState(false);
  const field = useRef<HTMLInputElement>(null);

  const choose = async (file: File | undefined): Promise<void> => {
    if (file === undefined || isBusy) return;
    setBusy(true);
    const result = await checkFile(file);
    setBusy(false);
    // The same file can be chosen again, once it is corrected.
    if (field.current !== null) field.current.value = '';
    setProblem(result.ok ? undefined : inWords(result.problem));
    if (!result.ok) return;
    keepChosen({ file, checked: result.value });
    onChecked?.();
    location.hash = hrefOf('order-files', result.value.hash);
  };

  return (
    <Section title={title}>
      <label
        class={isOver ? 'drop drop-over' : 'drop'}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          void choose(event.dataTransfer?.files[0]);
        }}
      >
        <span>{t(isBusy ? 'files.checking' : 'files.drop')}</span>
        <input
          ref={field}
          type="file"
          accept=".csv,.xlsx,text/csv"
          aria-busy={isBusy}
          onChange={(event) => void choose(event.currentTarget.files?.[0])}
        />
      </label>
      {problem !== undefined && <ProblemNote problem={problem} />}
      <Templates onProblem={setProblem} />
    </Section>
  );
}

function Templates({ onProblem }: { onProblem: (problem: Problem | undefined) => void }) {
  const save = async (form: 'xlsx' | 'csv'): Promise<void> => {
    const result = await loadTemplate(form);
    onProblem(result.ok ? undefined : result.problem);
    if (result.ok) saveFile(result.value, `${t('files.template.name')}.${form}`);
  };
  return (
    <p class="facts">
      <span class="quiet">{t('files.template')}</span>
      <button type="button" class="link" onClick={() => void save('xlsx')}>
        {t('files.template.xlsx')}
      </button>
      <button type="button" class="link" onClick={() => void save('csv')}>
        {t('files.template.csv')}
      </button>
    </p>
  );
}

/** A file as a whole that cannot be read, in the language of the page. */
function inWords(problem: Problem): Problem {
  const { reason } = problem;
  return reason === undefined ? problem : { ...problem, detail: tWord('file.refused', reason) };
}
