import { writeJson } from '@vestibule/envelope';
import { strongEtag } from '../../http/etag.js';
import { DICTIONARIES, type Dictionary, type DictionaryEntries, type DictionaryName } from './dictionaries.js';

/** A dictionary as it is answered: the JSON, and its strong entity tag. */
export interface Representation {
  readonly json: string;
  readonly etag: string;
}

/** So many refresh periods old, a dictionary counts as stale: one was missed, and the next has not mended it. */
const STALE_AFTER_PERIODS = 2;

/** One dictionary in memory, as one reading of it was. */
export class Snapshot<N extends DictionaryName = DictionaryName> {
  private readonly representations = new Map<boolean, Representation>();
  private readonly loadedAt: number;

  /**
   * @param ageMs how old it was when it was loaded, by the clock of the database
   * @param clock milliseconds that only grow
   */
  constructor(
    readonly name: N,
    readonly version: string,
    readonly fetchedAt: Date,
    readonly refreshSecs: number,
    readonly entries: readonly DictionaryEntries[N][],
    private readonly ageMs: number,
    private readonly clock: () => number = () => performance.now(),
  ) {
    this.loadedAt = clock();
  }

  ageSecs(): number {
    return Math.max(0, (this.ageMs + this.clock() - this.loadedAt) / 1_000);
  }

  isStale(): boolean {
    return this.ageSecs() > STALE_AFTER_PERIODS * this.refreshSecs;
  }

  /** The same bytes, and so the same tag, in every process that has this reading. */
  representation(): Representation {
    const stale = this.isStale();
    const current = this.representations.get(stale) ?? this.represent(stale);
    this.representations.set(stale, current);
    return current;
  }

  private represent(stale: boolean): Representation {
    const { field, view } = DICTIONARIES[this.name] as Dictionary<DictionaryEntries[N]>;
    const json = writeJson({ [field]: this.entries.map(view), fetchedAt: this.fetchedAt, stale });
    return { json, etag: strongEtag(json) };
  }
}
