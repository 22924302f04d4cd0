import { STATUSES } from '../../api/orders.js';
import { Chip, Chips } from '../../parts/chips.js';
import { Form, type Values } from '../../parts/form.js';
import { t, tWord } from '../../text/t.js';
import { HOURS, hrefOfList, REASONS, type ListFilter } from './filter.js';

/** What the list is narrowed to: each chip is an address. @param keys the producers' keys to choose from */
export function FilterChips({ filter, keys }: { filter: ListFilter; keys: readonly string[] }) {
  const { status, reason, key, hours, day } = filter;
  const reasons = REASONS[status ?? ''];
  const chip = (text: string, isOn: boolean, change: ListFilter) => (
    <Chip key={text} href={hrefOfList({ ...filter, ...change })} text={text} isOn={isOn} />
  );
  const showDay = async ({ day: chosen = '' }: Values): Promise<undefined> => {
    location.hash = hrefOfList({ ...filter, hours: undefined, day: chosen === '' ? undefined : chosen });
    return undefined;
  };
  return (
    <>
      <Chips label={t('orders.filter')} title={t('orders.filter')}>
        {chip(t('orders.all'), status === undefined, { status: undefined, reason: undefined })}
        {STATUSES.map((one) => chip(tWord('status', one), one === status, { status: one, reason: undefined }))}
      </Chips>
      <details class="filters" open={[reason, key, hours, day].some((one) => one !== undefined)}>
        <summary>{t('orders.more-filters')}</summary>
        {reasons !== undefined && (
          <Chips label={t('orders.reason')} title={t('orders.reason')}>
            {chip(t('orders.any-reason'), reason === undefined, { reason: undefined })}
            {reasons.map((one) => chip(tWord('reason', one), one === reason, { reason: one }))}
          </Chips>
        )}
        {keys.length > 0 && (
          <Chips label={t('orders.by')} title={t('orders.by')}>
            {chip(t('orders.any-key'), key === undefined, { key: undefined })}
            {keys.map((one) => chip(one, one === key, { key: one }))}
          </Chips>
        )}
        <div class="times">
          <Chips label={t('orders.accepted')} title={t('orders.accepted')}>
            {chip(t('orders.any-time'), hours === undefined && day === undefined, { hours: undefined, day: undefined })}
            {HOURS.map((one) => chip(tWord('orders.hours', one), one === hours, { hours: one, day: undefined }))}
          </Chips>
          <Form
            fields={[{ name: 'day', label: t('orders.day'), type: 'date', value: day ?? '' }]}
            submit={t('action.show')}
            isRow
            onSubmit={showDay}
          />
        </div>
      </details>
    </>
  );
}
