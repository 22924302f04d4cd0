import { useState } from 'preact/hooks';
import { listPlacedLines, type FileProgress, type PlacedLine } from '../../api/order-files.js';
import type { OrderStatus } from '../../api/orders.js';
import type { Problem } from '../../api/problem.js';
import { Badge } from '../../parts/badge.js';
import { Bar } from '../../parts/bar.js';
import { Section } from '../../parts/page.js';
import { ProblemNote } from '../../parts/problem-note.js';
import { saveCsv } from '../../parts/save-file.js';
import { t, tWord } from '../../text/t.js';
import { placedCount, settledCount } from './words.js';

/** How many orders of a file are placed, how many are through, and the result as a file. */
export function ProgressSection({ progress }: { progress: FileProgress }) {
  const { lines, counts } = progress;
  const [placed, settled] = [placedCount(progress), settledCount(progress)];
  return (
    <Section title={t('file.progress')}>
      <Bar label={t('file.progress.placed', { count: placed, of: lines })} value={placed} of={lines} />
      <Bar label={t('file.progress.settled', { count: settled, of: lines })} value={settled} of={lines} />
      <p class="facts">
        {Object.entries(counts).map(([status, count]) => (
          <span key={status}>
            <Badge of="status" word={status as OrderStatus} /> {count}
          </span>
        ))}
      </p>
      <ResultButton progress={progress} />
    </Section>
  );
}

function ResultButton({ progress: { hash } }: { progress: FileProgress }) {
  const [problem, setProblem] = useState<Problem>();
  const save = async (): Promise<void> => {
    const result = await listPlacedLines(hash);
    setProblem(result.ok ? undefined : result.problem);
    if (!result.ok) return;
    const titles = ['line', 'status', 'id', 'reference', 'troika-id', 'amount', 'message'] as const;
    const table = [titles.map((title) => tWord('file.result', title)), ...result.value.lines.map(resultOf)];
    saveCsv(table, `${t('file.result.name')}-${hash.slice(0, 8)}.csv`);
  };
  return (
    <>
      <button type="button" onClick={() => void save()}>
        {t('file.result.save')}
      </button>
      {problem !== undefined && <ProblemNote problem={problem} />}
    </>
  );
}

function resultOf({
  line,
  orderId,
  status,
  reference,
  troikaOrderId,
  totalAmount,
  resultMessage,
}: PlacedLine): string[] {
  const state = status === null ? '' : tWord('status', status);
  return [String(line), state, orderId, reference ?? '', troikaOrderId ?? '', totalAmount ?? '', resultMessage ?? ''];
}
