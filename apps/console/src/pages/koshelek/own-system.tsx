import { lookAtOwnSystem } from '../../api/own-system.js';
import { Badge } from '../../parts/badge.js';
import { Loaded, useLoad } from '../../parts/load.js';
import { Moment } from '../../parts/moment.js';
import { Section } from '../../parts/page.js';
import { useEvery } from '../../parts/use-every.js';
import { t } from '../../text/t.js';

const PERIOD_MS = 5_000;

/** The circuit breaker for the company's own system, in each process; nothing where cards are in the gateway. */
export function OwnSystemSection() {
  const loading = useLoad(lookAtOwnSystem, []);
  const isThere = loading.value !== undefined && loading.value.breakers.length > 0;
  useEvery(PERIOD_MS, loading.reload, isThere);
  return (
    <Loaded of={loading} isQuiet>
      {({ breakers }) =>
        breakers.length > 0 && (
          <Section title={t('breaker.title')}>
            <ul class="plain checklist">
              {breakers.map(({ host, state, since }, at) => (
                <li key={at}>
                  <Badge of="breaker.state" word={state} />
                  <div>
                    <span class="id">{host}</span>{' '}
                    <span class="quiet">
                      {t('breaker.since')} <Moment at={since} />
                    </span>
                    {state !== 'closed' && <p>{t('breaker.open')}</p>}
                  </div>
                </li>
              ))}
            </ul>
          </Section>
        )
      }
    </Loaded>
  );
}
