import { formatDay, formatMoment } from '../text/format.js';

/** A moment; the exact one for the one who points at it. */
export function Moment({ at }: { at: string }) {
  return (
    <time dateTime={at} title={at}>
      {formatMoment(at)}
    </time>
  );
}

/** A calendar day, or what there is instead of one. */
export function Day({ day, none }: { day: string | null; none: string }) {
  return day === null ? <>{none}</> : <time dateTime={day}>{formatDay(day)}</time>;
}
