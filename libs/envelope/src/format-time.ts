/** How `head.time` is written: as every sample of the vendor has it, or as ATOM, which the vendor's text asks for. */
export type TimeFormat = 'sample' | 'atom';

// The partner's clock is Moscow's, +03:00 all year since 2014; the contract sets the zone, not the host.
const ZONE = '+03:00';
const ZONE_OFFSET_MS = 3 * 60 * 60 * 1000;

const SEPARATORS: Record<TimeFormat, { beforeTime: string; beforeZone: string }> = {
  sample: { beforeTime: ' ', beforeZone: ' ' },
  atom: { beforeTime: 'T', beforeZone: '' },
};

/**
 * Writes a moment for `head.time` (troika-business.md, "What is unknown"), always in zone +03:00, for any zone of
 * the process; milliseconds are cut off.
 *
 * @returns `2022-04-22 00:21:02 +03:00` for `sample`, `2022-04-22T00:21:02+03:00` for `atom`
 * @throws RangeError for an invalid Date, or a year that four digits cannot write
 */
export function formatTime(date: Date, format: TimeFormat): string {
  // Shifted by the offset, the UTC fields of the moment are the clock on the partner's wall.
  const wallClock = new Date(date.getTime() + ZONE_OFFSET_MS).toISOString();
  if (wallClock.length !== '2022-04-22T00:21:02.000Z'.length) throw new RangeError('the year needs four digits');
  const day = wallClock.slice(0, 10);
  const time = wallClock.slice(11, 19);
  const { beforeTime, beforeZone } = SEPARATORS[format];
  return `${day}${beforeTime}${time}${beforeZone}${ZONE}`;
}
