import type { Evidence } from '../../api/orders.js';
import { formatRoubles, formatTime } from '../../text/format.js';
import { language } from '../../text/language.js';
import { t } from '../../text/t.js';

/** What the guarantee fund says about whether an unknown order was executed: the gateway's sentence, and its grounds. */
export function EvidenceNote({ evidence }: { evidence: Evidence }) {
  const { fundBefore, fundAfter, fundBetween, text } = evidence;
  if (fundBefore === null || fundAfter === null || fundBetween === null) {
    return <p class="quiet">{text[language]}</p>;
  }
  const { unexplained, confirmed } = fundBetween;
  const left = Math.max(fundBefore.amount - fundAfter.amount, 0);
  return (
    <div class="note evidence">
      <p>
        <strong>{text[language]}</strong>
      </p>
      <meter aria-label={t('evidence.title')} min={0} max={Math.max(left, 1)} value={Math.max(unexplained.least, 0)} />
      <p class="quiet">
        {t('evidence.readings', {
          before: formatRoubles(fundBefore.amount),
          beforeAt: formatTime(fundBefore.readAt),
          after: formatRoubles(fundAfter.amount),
          afterAt: formatTime(fundAfter.readAt),
          count: confirmed.length,
        })}
      </p>
    </div>
  );
}
