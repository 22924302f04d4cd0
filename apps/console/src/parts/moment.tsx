import { formatDay, formatExactly, formatMoment } from '../text/format.js';

/** A moment; the tooltip has its seconds and the zone. */
export function Moment({ at }: { at: string }) {
  return (
    <time dateTime={at} title={formatExactly(at)}>
      {formatMoment(at)}
    </time>
  );
}

/** A calendar day, or its placeholder. */
export function Day({ day, none }: { day: string | null; none: string }) {
  return day === null ? <>{none}</> : <time dateTime={day}>{formatDay(day)}</time>;
}
