import type { Evidence } from '../../api/orders.js';
import { formatRoubles, formatTime } from '../../text/format.js';
import { t } from '../../text/t.js';

type Verdict = 'likely' | 'unlikely' | 'open';

/** What the guarantee fund says about whether an unknown order was executed. */
export function EvidenceNote({ evidence }: { evidence: Evidence }) {
  const { fundBefore, fundAfter, fundBetween } = evidence;
  if (fundBefore === null || fundAfter === null || fundBetween === null) {
    return <p class="quiet">{t('evidence.none')}</p>;
  }
  const { unexplained, otherUnknown, confirmed } = fundBetween;
  const { least, most } = unexplained;
  const left = Math.max(fundBefore.amount - fundAfter.amount, 0);
  const sum =
    least === most
      ? formatRoubles(most)
      : t('evidence.range', { least: formatRoubles(least), most: formatRoubles(most) });
  return (
    <div class="note evidence">
      <p>
        <strong>{t(`evidence.${verdictOf(least, most)}`)}</strong> {t('evidence.left', { sum, count: otherUnknown })}
      </p>
      <meter aria-label={t('evidence.title')} min={0} max={Math.max(left, 1)} value={Math.max(least, 0)} />
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

function verdictOf(least: number, most: number): Verdict {
  if (least > 0) return 'likely';
  return most <= 0 ? 'unlikely' : 'open';
}
