import type { GoLiveCheck } from '../../api/go-live.js';
import { Badge } from '../../parts/badge.js';
import { Section } from '../../parts/page.js';
import { language } from '../../text/language.js';
import { t, tWord } from '../../text/t.js';

/** Each rule of the contract with what was found, by theme; a theme with something red is open. */
export function ResultsSection({ checks }: { checks: readonly GoLiveCheck[] }) {
  const themes = new Map<string, GoLiveCheck[]>();
  for (const check of checks) {
    const theme = check.theme[language];
    themes.set(theme, [...(themes.get(theme) ?? []), check]);
  }
  return (
    <Section title={t('golive.results')}>
      {[...themes].map(([theme, rows]) => (
        <details key={theme} open={rows.some(isRed)}>
          <summary>
            {theme} <span class="quiet">{summaryOf(rows)}</span>
          </summary>
          <ul class="plain checklist">
            {rows.map((check) => (
              <CheckView key={check.id} check={check} />
            ))}
          </ul>
        </details>
      ))}
      <p class="hint">{t('golive.certainty')}</p>
    </Section>
  );
}

const isRed = ({ outcome, blocks }: GoLiveCheck): boolean => outcome === 'failed' || blocks;

function summaryOf(rows: readonly GoLiveCheck[]): string {
  const count = (wanted: GoLiveCheck['outcome']): number => rows.filter(({ outcome }) => outcome === wanted).length;
  const [passed, skipped] = [count('passed'), count('skipped')];
  const said = t('golive.passed', { count: passed, of: rows.length });
  return skipped === 0 ? said : `${said}, ${t('golive.skipped', { count: skipped })}`;
}

function CheckView({ check }: { check: GoLiveCheck }) {
  const { id, sentence, certainty, outcome, expected, said, whatToDo } = check;
  return (
    <li data-testid={`check-${id}`}>
      <Badge of="golive.outcome" word={outcome} />
      <div>
        {sentence[language]}{' '}
        <span class="quiet" title={tWord('golive.certain', certainty)}>
          [{certainty}] {id}
        </span>
        {outcome === 'skipped' && said !== null && <p class="quiet lines">{said}</p>}
        {isRed(check) && (
          <>
            <p class="lines">
              {t('golive.expected', { expected })}
              {said !== null && `\n${t('golive.said', { said })}`}
            </p>
            {whatToDo !== null && <p>{whatToDo[language]}</p>}
          </>
        )}
      </div>
    </li>
  );
}
