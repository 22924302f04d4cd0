import { date } from '../../http/schema/formats.js';
import { IN_BOTH_LANGUAGES } from '../../http/schema/languages.js';
import { flag, integer, listOf, named, object, oneOf, orNull, text, type TypeOf } from '../../http/schema/schema.js';

const ITEM = named(
  'GoLiveItem',
  object({
    id: text('Which condition, such as `conformance`.'),
    state: oneOf(['met', 'open', 'unseen'], 'unseen: this process cannot know it, a person has to look.'),
    title: IN_BOTH_LANGUAGES,
    found: orNull(IN_BOTH_LANGUAGES),
    whatToDo: orNull(IN_BOTH_LANGUAGES),
  }),
);
export type GoLiveItem = TypeOf<typeof ITEM>;

const CHECK = named(
  'GoLiveCheck',
  object({
    id: text('The name of the check in the conformance kit.'),
    theme: IN_BOTH_LANGUAGES,
    sentence: IN_BOTH_LANGUAGES,
    certainty: oneOf(['D', 'P', 'U'], 'D: documented by the vendor, and decides. P: seen at a partner. U: unknown.'),
    outcome: oneOf(
      ['waiting', 'passed', 'failed', 'not-possible', 'skipped'],
      'not-possible: the server gave no means to find out. skipped: not asked of this server.',
    ),
    blocks: flag('Whether it keeps the run from being conformant.'),
    expected: text('What the answer should have been.'),
    said: orNull(text('What was found instead, or why the check was not made.')),
    whatToDo: orNull(IN_BOTH_LANGUAGES),
  }),
);
export type GoLiveCheck = TypeOf<typeof CHECK>;

const RUN = named(
  'GoLiveRun',
  object({
    address: text('Where it calls.'),
    startedBy: text('The name of the key.'),
    startedAt: date('When it began.'),
    finishedAt: orNull(date('When it ended; null while it runs.')),
    done: integer('How many checks are made.', { minimum: 0 }),
    total: integer('How many there are.', { minimum: 0 }),
    conforms: orNull(flag('Whether every documented rule holds; null while it runs, and if it ended before its end.')),
    failure: orNull(text('Why it ended before its end.')),
    checks: listOf(CHECK),
  }),
);
export type GoLiveRun = TypeOf<typeof RUN>;

/** What `GET /admin/go-live` answers. */
export const GO_LIVE = named(
  'GoLive',
  object({
    address: orNull(text('Where a run would call.')),
    addressFrom: orNull(
      oneOf(['setting', 'listener'], 'setting: PUBLIC_URL. listener: the own one, without what is before it.'),
    ),
    canRun: flag('Whether this process has an address and credentials.'),
    items: listOf(ITEM, { description: 'What has to be true, in the order to do it in.' }),
    run: orNull(RUN),
  }),
);
export type GoLive = TypeOf<typeof GO_LIVE>;
