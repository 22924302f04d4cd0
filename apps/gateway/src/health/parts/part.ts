import { date } from '../../http/schema/formats.js';
import { IN_BOTH_LANGUAGES } from '../../http/schema/languages.js';
import { named, object, oneOf, text, type Schema, type TypeOf } from '../../http/schema/schema.js';
import { meaningOf, PART_STATES, type PartName, type PartState } from './part-table.js';

/** What one call or one probe has found: an answer, none, or that requests wait for one for a long time. */
export type PartFinding = boolean | 'silent';

/** A part as `GET /admin/health` shows it. */
export const PART = named(
  'Part',
  object({
    part: text('Such as `database` or `partner`.') as Schema<PartName>,
    state: oneOf(PART_STATES, 'silent: it takes our requests and does not answer them; unknown: it was not seen yet.'),
    since: date('Since when: of down, the first failure.'),
    meaning: IN_BOTH_LANGUAGES,
  }),
);
export type PartView = TypeOf<typeof PART>;

/** How many failures in a row make a part `down` or `silent`, and over how long at least. */
export interface Doubt {
  readonly strikes: number;
  readonly ms: number;
}

/** One failure says little, such as after this process itself stood still. */
const DOUBT: Doubt = { strikes: 2, ms: 1_500 };
/** Where what is observed is a verdict already. */
export const NO_DOUBT: Doubt = { strikes: 1, ms: 0 };

/** Whether one part answers, by what was observed last. */
export class Part {
  private current: { readonly state: PartState; readonly since: Date } = { state: 'unknown', since: new Date() };
  private failing: { readonly since: Date; readonly at: number; strikes: number } | undefined;

  /** @param onChange called after each change of the state */
  constructor(
    readonly name: PartName,
    private readonly onChange: (part: Part) => void = () => undefined,
    private readonly doubt = DOUBT,
  ) {}

  get state(): PartState {
    return this.current.state;
  }

  /** When the state began: of `down` and `silent`, the first failure. */
  get since(): Date {
    return this.current.since;
  }

  get view(): PartView {
    const { name, state, since } = this;
    return { part: name, state, since, meaning: meaningOf(name, state) };
  }

  note(finding: PartFinding): void {
    if (finding === true) {
      this.failing = undefined;
      this.enter('up', new Date());
      return;
    }
    this.failing ??= { since: new Date(), at: performance.now(), strikes: 0 };
    this.failing.strikes += 1;
    const { since, at, strikes } = this.failing;
    if (strikes >= this.doubt.strikes && performance.now() - at >= this.doubt.ms) {
      // What could not be reached may be silent as well; a silence whose requests have failed is an outage.
      this.enter(finding === 'silent' && this.current.state !== 'down' ? 'silent' : 'down', since);
    }
  }

  private enter(state: PartState, since: Date): void {
    if (this.current.state === state) return;
    this.current = { state, since };
    this.onChange(this);
  }
}
