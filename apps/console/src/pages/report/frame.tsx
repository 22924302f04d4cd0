import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Problem } from '../../api/problem.js';
import { REPORT_FILES, reportFile, type ReportFilter, type ReportName } from '../../api/reports.js';
import { Chip, Chips } from '../../parts/chips.js';
import { Page } from '../../parts/page.js';
import { ProblemNote } from '../../parts/problem-note.js';
import { saveFile } from '../../parts/save-file.js';
import { hrefOf, queryOf } from '../../router.js';
import { t } from '../../text/t.js';

const HREFS: Readonly<Record<ReportName, string>> = { orders: hrefOf('reports'), fund: hrefOf('reports', 'fund') };
const NAMES = Object.keys(HREFS) as ReportName[];
const ENDINGS = Object.keys(REPORT_FILES) as (keyof typeof REPORT_FILES)[];

/** A page of a report: the way to the others, and what is asked for. */
export function ReportPage({ name, children }: { name: ReportName; children: ComponentChildren }) {
  return (
    <Page title={name === 'orders' ? t('reports.title') : t('fund.title')}>
      <Chips label={t('reports.title')}>
        {NAMES.map((one) => (
          <Chip key={one} href={HREFS[one]} text={t(`reports.of.${one}`)} isOn={one === name} />
        ))}
      </Chips>
      {children}
    </Page>
  );
}

/** The filter that stands in the address, which a link and a reload keep. */
export function filterOf(otherwise: ReportFilter): ReportFilter {
  const given = queryOf(location.hash);
  const of = (name: keyof ReportFilter): string => given.get(name) ?? otherwise[name];
  return { from: of('from'), to: of('to'), by: of('by') };
}

/** The address of a report; the first of two moments may be given last. */
export function reportHref(name: ReportName, { from, to, by }: ReportFilter): string {
  const [first, last] = from <= to ? [from, to] : [to, from];
  return `${HREFS[name]}?${new URLSearchParams({ from: first, to: last, by }).toString()}`;
}

/** What stands above a report on paper, and how it is taken along. */
export function TakeAlong({ name, filter, period }: { name: ReportName; filter: ReportFilter; period: string }) {
  const [problem, setProblem] = useState<Problem>();
  const save = async (ending: keyof typeof REPORT_FILES): Promise<void> => {
    const file = await reportFile(name, filter, ending);
    setProblem(file.ok ? undefined : file.problem);
    if (file.ok) saveFile(file.value, `${t(`reports.file.${name}`)}-${filter.from}-${filter.to}.${ending}`);
  };
  return (
    <>
      <div class="take-along">
        <p class="quiet">{period}</p>
        <div class="buttons">
          {ENDINGS.map((ending) => (
            <button key={ending} type="button" onClick={() => void save(ending)}>
              {t('reports.save', { kind: ending.toUpperCase() })}
            </button>
          ))}
          <button type="button" onClick={() => print()}>
            {t('reports.print')}
          </button>
        </div>
      </div>
      {problem !== undefined && <ProblemNote problem={problem} />}
    </>
  );
}
