import { isMethodName, METHODS, type MethodName } from '@vestibule/troika-contract';
import { FAULTS, type FaultMode, REAL_FAULTS } from './modes.js';

/** The settings: a mode, or `mixed`; the rate, 0 to 1; the seed of the random numbers; and the methods, if not all. */
export interface FaultSettings {
  readonly mode: FaultMode | 'mixed';
  readonly rate: number;
  readonly seed: number;
  readonly methods?: readonly MethodName[];
}

export const NO_FAULTS: FaultSettings = { mode: 'none', rate: 1, seed: 1 };

/** Draws a fault for each request; the same settings give the same faults in the same order. */
export class FaultSchedule {
  private current = NO_FAULTS;
  private random = seededRandom(NO_FAULTS.seed);

  get settings(): FaultSettings {
    return this.current;
  }

  /** Takes new settings and starts their sequence again. */
  set(settings: FaultSettings): void {
    this.current = settings;
    this.random = seededRandom(settings.seed);
  }

  /**
   * The fault of the next request.
   *
   * @param methodOf returns its method, undefined if it has none; called only if the faults are for some methods
   */
  draw(methodOf: () => unknown = () => undefined): FaultMode {
    const { mode, rate, methods } = this.current;
    if (mode === 'none') return 'none';
    if (methods?.some((method) => method === methodOf()) === false) return 'none';
    if (this.random() >= rate) return 'none';
    if (mode !== 'mixed') return mode;
    return REAL_FAULTS[Math.floor(this.random() * REAL_FAULTS.length)] ?? 'none';
  }
}

/** A fault in one field of the settings. */
export interface SettingsFault {
  pointer: string;
  detail: string;
}

/**
 * Reads what `PUT /_control/faults` was given: `mode` is required, `rate` is 1 and `seed` is 1 unless given, and
 * without `methods` every request may have a fault.
 *
 * @param value anything `JSON.parse` can give
 */
export function parseFaultSettings(value: unknown): FaultSettings | SettingsFault[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [{ pointer: '', detail: 'The settings must be an object.' }];
  }
  const { mode, rate = 1, seed = 1, methods, ...rest } = value as Record<string, unknown>;
  const faults: SettingsFault[] = Object.keys(rest).map((name) => ({
    pointer: `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
    detail: 'Unknown setting. The settings are mode, rate, seed and methods.',
  }));
  if (!isMode(mode)) {
    faults.push({ pointer: '/mode', detail: `mode must be one of none, ${REAL_FAULTS.join(', ')}, mixed.` });
  }
  if (typeof rate !== 'number' || !(rate >= 0 && rate <= 1)) {
    faults.push({ pointer: '/rate', detail: 'rate must be a number from 0 to 1.' });
  }
  if (!Number.isSafeInteger(seed)) faults.push({ pointer: '/seed', detail: 'seed must be a whole number.' });
  if (methods !== undefined && !(Array.isArray(methods) && methods.every(isMethodName))) {
    faults.push({ pointer: '/methods', detail: `methods must be a list of ${Object.keys(METHODS).join(', ')}.` });
  }
  return faults.length > 0
    ? faults
    : ({ mode, rate, seed, ...(methods === undefined ? {} : { methods }) } as FaultSettings);
}

function isMode(mode: unknown): mode is FaultSettings['mode'] {
  return typeof mode === 'string' && (mode === 'mixed' || Object.hasOwn(FAULTS, mode));
}

/** A small random generator (xorshift32) that is reproducible from its seed: enough for faults, not for secrets. */
function seededRandom(seed: number): () => number {
  // Knuth's multiplicative constant spreads neighbouring seeds; the generator must not start from 0.
  let state = Math.imul(seed, 0x9e3779b1) ^ Math.floor(seed / 2 ** 32) || 1;
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  // The first numbers of a young state with few set bits lean to one side.
  for (let step = 0; step < 8; step += 1) next();
  return next;
}
