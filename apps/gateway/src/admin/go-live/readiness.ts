import type { ConfigService } from '@nestjs/config';
import type { Pool } from 'pg';
import type { Config } from '../../config/config.js';
import type { InBothLanguages } from '../../operator-events/catalogue/kind.js';
import { statement } from '../../storage/statement.js';
import type { GoLiveItem } from './go-live-answers.js';
import type { FoundAddress } from './public-address.js';
import { CONDITIONS, type ConditionId } from './conditions.js';
import type { KeptRun } from './run-store.js';
import { conformity } from './run-view.js';

const COUNT = statement('count-for-go-live')`
select (select count(*) from (select from members limit 1000000) m)::int as members,
       (select coalesce(array_agg(kind order by kind), '{}') from operator_events
         where closed_at is null and severity = 'critical') as critical`;

interface Known {
  readonly found: FoundAddress | undefined;
  readonly run: KeptRun | undefined;
}

/** What a condition comes to. */
type Judged = readonly [state: GoLiveItem['state'], found?: string | InBothLanguages | undefined];

/** Each condition as this process sees it; what it cannot see, it says. */
export async function lookAtReadiness(
  pool: Pool,
  config: ConfigService<Config, true>,
  { found, run }: Known,
): Promise<GoLiveItem[]> {
  const { rows } = await pool.query<{ members: number; critical: string[] }>(COUNT);
  const { members = 0, critical = [] } = rows[0] ?? {};
  const unsafe = config.get('unsafe', { infer: true });
  const mode = config.get('mode', { infer: true });
  const when = (holds: boolean, said?: string | InBothLanguages): Judged => [holds ? 'met' : 'open', said];
  const isHere = config.get('cardsAreHere', { infer: true });
  const judged: Readonly<Record<ConditionId, Judged>> = {
    address: when(found?.from === 'setting', found?.url),
    tls: when(found?.url.startsWith('https:') === true, found?.url),
    production: when(mode === 'production'),
    secrets: when(mode !== 'demo' && unsafe.length === 0, unsafe.join('\n')),
    members: isHere ? when(members > 0, countOf(members)) : ['unseen', ELSEWHERE],
    conformance: judgeRun(run, found),
    events: when(critical.length === 0, critical.join(', ')),
    alerts: when(config.get('alerts', { infer: true }).targets.length > 0),
    backups: ['unseen'],
  };
  return Object.entries(CONDITIONS).map(([id, { title, whatToDo }]) => {
    const [state, said] = judged[id as ConditionId];
    return { id, state, title, found: said ? inBoth(said) : null, whatToDo: state === 'met' ? null : whatToDo };
  });
}

function judgeRun(run: KeptRun | undefined, found: FoundAddress | undefined): Judged {
  if (run === undefined) return ['open'];
  if (run.address !== found?.url) return ['open', OTHER_ADDRESS];
  return [conformity(run) === true ? 'met' : 'open'];
}

const inBoth = (said: string | InBothLanguages): InBothLanguages =>
  typeof said === 'string' ? { en: said, ru: said } : said;

const OTHER_ADDRESS: InBothLanguages = {
  en: 'The last run was against another address.',
  ru: 'Последняя проверка была по другому адресу.',
};
const ELSEWHERE: InBothLanguages = {
  en: "The company's own system has them.",
  ru: 'Они в собственной системе компании.',
};

function countOf(members: number): InBothLanguages {
  return { en: `Members: ${members}.`, ru: `Участников: ${members}.` };
}
