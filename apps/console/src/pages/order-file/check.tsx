import { useState } from 'preact/hooks';
import type { CheckedFile, CheckedRow } from '../../api/order-files.js';
import { Section } from '../../parts/page.js';
import { Table, type Column } from '../../parts/table.js';
import { formatRoubles } from '../../text/format.js';
import { t, tWord } from '../../text/t.js';
import { costInWords, faultInWords, noteOf, placeableRows } from './words.js';

/** So many lines are shown at a time. */
const SHOWN_ROWS = 100;

/** What the file would place and cost, every line with its faults, and the button that places it. */
export function CheckSection(props: { checked: CheckedFile; onPlace: (again: boolean) => void }) {
  const { checked, onPlace } = props;
  const [again, setAgain] = useState(false);
  const { rows, cost, fund, unknownColumns } = checked;
  const bad = rows.filter(({ faults }) => faults.length > 0);
  const placed = rows.filter((row) => row.placed !== null).length;
  const repeats = rows.filter((row) => row.repeats !== null && row.placed === null).length;
  const good = placeableRows(checked, again).length;
  return (
    <>
      <Section title={t('file.check')}>
        <p class="lead">{t('file.summary', { lines: rows.length, good, placed, bad: bad.length })}</p>
        {good > 0 && <CostLine cost={cost} fund={fund} />}
        {cost.unpriced > 0 && <p class="quiet">{t('file.unpriced', { count: cost.unpriced })}</p>}
        {unknownColumns.length > 0 && (
          <p class="quiet">{t('file.unknown-columns', { names: unknownColumns.join(', ') })}</p>
        )}
        {bad.length > 0 && <p class="note">{t('file.bad')}</p>}
        {repeats > 0 && (
          <p class="sure">
            <input id="again" type="checkbox" checked={again} onChange={() => setAgain(!again)} />
            <label for="again">{t('file.again', { count: repeats })}</label>
          </p>
        )}
        {good > 0 && (
          <button type="button" class="main" onClick={() => onPlace(again)}>
            {t('file.place', { count: good })}
          </button>
        )}
      </Section>
      <RowsSection checked={checked} bad={bad} />
    </>
  );
}

function CostLine({ cost, fund }: Pick<CheckedFile, 'cost' | 'fund'>) {
  const isTooDear = fund !== null && cost.least > Number(fund.amount) * 100;
  return (
    <p class={isTooDear ? 'note note-bad' : ''}>
      {t('file.cost', { cost: costInWords(cost) })}{' '}
      {fund === null ? t('file.fund.unknown') : t('file.fund', { amount: formatRoubles(fund.amount) })}{' '}
      {isTooDear && t('file.fund.short')}
    </p>
  );
}

function RowsSection({ checked, bad }: { checked: CheckedFile; bad: readonly CheckedRow[] }) {
  const { columns, rows } = checked;
  const [onlyBad, setOnlyBad] = useState(bad.length > 0);
  const [shown, setShown] = useState(SHOWN_ROWS);
  const chosen = onlyBad ? bad : rows;
  const table: readonly Column<CheckedRow>[] = [
    { title: t('file.line'), show: ({ line }) => line, isNumber: true },
    ...columns.map((name) => ({
      title: tWord('file.column', name),
      show: (row: CheckedRow) => <Cell row={row} name={name} />,
    })),
    { title: t('file.note'), show: (row) => <RowNote row={row} columns={columns} /> },
  ];
  return (
    <Section title={t('file.lines')}>
      {bad.length > 0 && (
        <p class="chips">
          <button type="button" aria-pressed={onlyBad} onClick={() => setOnlyBad(true)}>
            {t('file.only-bad', { count: bad.length })}
          </button>
          <button type="button" aria-pressed={!onlyBad} onClick={() => setOnlyBad(false)}>
            {t('file.all-lines', { count: rows.length })}
          </button>
        </p>
      )}
      <Table
        caption={t('file.lines')}
        columns={table}
        rows={chosen.slice(0, shown)}
        keyOf={({ line }) => String(line)}
        empty=""
      />
      {chosen.length > shown && (
        <button type="button" class="more" onClick={() => setShown(shown + SHOWN_ROWS)}>
          {t('action.more')}
        </button>
      )}
    </Section>
  );
}

function Cell({ row, name }: { row: CheckedRow; name: string }) {
  const fault = row.faults.find(({ field }) => field === name);
  const text = row.cells[name] ?? '';
  if (fault === undefined) return <>{text === '' ? '–' : text}</>;
  return (
    <span class="bad-cell">
      <strong>{text === '' ? '–' : text}</strong>
      <span class="fault">{faultInWords(fault)}</span>
    </span>
  );
}

/** What no cell can show: faults of the line and of columns that the file has not, and what is there already. */
function RowNote({ row, columns }: { row: CheckedRow; columns: readonly string[] }) {
  const note = noteOf(row);
  return (
    <>
      {row.faults
        .filter(({ field }) => !columns.includes(field))
        .map((fault) => (
          <span key={fault.field} class="bad-cell">
            <span class="fault">{faultInWords(fault)}</span>
          </span>
        ))}
      {note !== undefined && <span class="quiet">{note}</span>}
    </>
  );
}
