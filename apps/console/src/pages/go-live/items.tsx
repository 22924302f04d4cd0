import type { GoLiveItem } from '../../api/go-live.js';
import { Badge } from '../../parts/badge.js';
import { Section } from '../../parts/page.js';
import { language } from '../../text/language.js';
import { t } from '../../text/t.js';

/** Each condition with its state, and what to do where it does not hold. */
export function ItemsSection({ items }: { items: readonly GoLiveItem[] }) {
  const open = items.filter(({ state }) => state === 'open').length;
  return (
    <Section title={t('golive.items')}>
      <p class={`note ${open === 0 ? 'note-good' : ''}`} data-testid="readiness">
        {open === 0 ? t('golive.ready') : t('golive.open', { count: open })}
      </p>
      <ul class="plain checklist">
        {items.map(({ id, state, title, found, whatToDo }) => (
          <li key={id} data-testid={`item-${id}`}>
            <Badge of="golive.state" word={state} />
            <div>
              <strong>{title[language]}</strong>
              {found !== null && <p class="quiet lines">{found[language]}</p>}
              {whatToDo !== null && <p>{whatToDo[language]}</p>}
            </div>
          </li>
        ))}
      </ul>
    </Section>
  );
}
