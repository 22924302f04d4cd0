import { hasFaketime } from '../../servers/wrong-clock.mjs';

export { wrongClock } from '../../servers/wrong-clock.mjs';

/** Whether a process can get a wrong clock here. In CI (VESTIBULE_REQUIRE_TOOLS) it must be possible. */
export function canSetClocks(): boolean {
  if (!hasFaketime() && process.env['VESTIBULE_REQUIRE_TOOLS']) {
    throw new Error('VESTIBULE_REQUIRE_TOOLS is set, and libfaketime is not installed (Debian: faketime)');
  }
  return hasFaketime();
}
