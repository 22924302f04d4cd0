import { existsSync } from 'node:fs';

/** Where Debian, Fedora and Homebrew's builds put the library that answers for the clock of a process. */
const LIBRARIES = [
  '/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1',
  '/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1',
  '/usr/lib64/faketime/libfaketimeMT.so.1',
];

/** Whether a process can be given a wrong clock on this machine. */
export function hasFaketime() {
  return LIBRARIES.some((file) => existsSync(file));
}

/** The variables with which a process sees a clock that is wrong by so much, such as `+10m` or `-1d`. */
export function wrongClock(offset) {
  const library = LIBRARIES.find((file) => existsSync(file));
  if (library === undefined) throw new Error('libfaketime is not installed (Debian: faketime)');
  // Timers and durations go by a clock that no one sets.
  return { LD_PRELOAD: library, FAKETIME: offset, FAKETIME_DONT_FAKE_MONOTONIC: '1', DONT_FAKE_MONOTONIC: '1' };
}
