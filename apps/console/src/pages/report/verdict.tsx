import type { Bounds, FundReport, FundSpan } from '../../api/reports.js';
import { Fact } from '../../parts/fact.js';
import { formatMomentIn, formatRoubles } from '../../text/format.js';
import { t } from '../../text/t.js';

const isZero = (decimal: string): boolean => /^-?0*(?:\.0*)?$/.test(decimal);
const isBelow = (decimal: string): boolean => decimal.startsWith('-') && !isZero(decimal);
const withoutSign = (decimal: string): string => formatRoubles(decimal.replace('-', ''));

function amountOf({ least, most }: Bounds): string {
  if (least === most) return withoutSign(least);
  const [from, to] = isBelow(most) ? [most, least] : [least, most];
  return t('fund.between', { from: withoutSign(from), to: withoutSign(to) });
}

/** What is left of a span; in a colour where money left. */
export function UnexplainedText({ of }: { of: Bounds }) {
  const mayBeNothing = !isBelow(of.most) && (isZero(of.least) || isBelow(of.least));
  if (mayBeNothing) return <>{of.least === of.most ? formatRoubles('0') : t('fund.edge')}</>;
  if (isBelow(of.most)) return <>{`+${amountOf(of)}`}</>;
  return <strong class="unexplained">{amountOf(of)}</strong>;
}

/** The period in a sentence, and the sum that it comes from. */
export function Verdict({ report: { zone, left, came }, total }: { report: FundReport; total: FundSpan }) {
  const { before, after, lost, paid, refunded } = total;
  const without = paid.withoutAmount + refunded.withoutAmount;
  return (
    <div class={`note ${isZero(left.least) ? 'note-good' : ''}`}>
      <p class="lead">{sentenceOf(left)}</p>
      {!isZero(came.least) && <p>{t('fund.came', { amount: amountOf(came) })}</p>}
      <p class="facts">
        <Fact title={formatMomentIn(before.readAt, zone)}>{formatRoubles(before.amount)}</Fact>
        <Fact title={formatMomentIn(after.readAt, zone)}>{formatRoubles(after.amount)}</Fact>
        <Fact title={t('fund.lost')}>{formatRoubles(lost)}</Fact>
        <Fact title={t('fund.paid')}>{formatRoubles(paid.roubles)}</Fact>
        <Fact title={t('fund.refunded')}>{formatRoubles(refunded.roubles)}</Fact>
      </p>
      {without > 0 && <p>{t('fund.without', { orders: paid.withoutAmount, tickets: refunded.withoutAmount })}</p>}
    </div>
  );
}

function sentenceOf(left: Bounds): string {
  if (!isZero(left.least)) return t('fund.left', { amount: amountOf(left) });
  return t(isZero(left.most) ? 'fund.even' : 'fund.even-at-edge');
}
