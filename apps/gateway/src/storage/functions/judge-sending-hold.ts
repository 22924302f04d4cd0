import type { DatabaseFunction } from './database-function.js';

/**
 * Whether orders wait for the guarantee fund. Every statement that changes the figures also updates the hold, and
 * operators get one event for each change.
 */
export const judgeSendingHold: DatabaseFunction = {
  name: 'judge_sending_hold',
  definition: `
create or replace function judge_sending_hold() returns trigger language plpgsql as $$
begin
  new.amount_left := trim_scale(new.reading_amount - (new.spent - new.spent_at_reading));
  new.held := coalesce(new.amount_left < new.floor, false);
  if new.held = old.held then
    return new;
  end if;
  if new.held then
    new.held_since := now();
    insert into operator_events (kind, severity, message, details, closed_at) values (
      'fund.floor-reached', 'critical',
      format('Sending waits: %s roubles or less are left of the guarantee fund, under the floor of %s '
          || '(TROIKA_FUND_FLOOR). No order is lost and none is refused. Fill the fund up: sending continues by itself '
          || 'with the next reading of it.', new.amount_left, new.floor),
      jsonb_build_object('amountLeft', new.amount_left::text, 'floor', new.floor::text), null)
    on conflict (kind) where closed_at is null do nothing;
  else
    new.held_since := null;
    update operator_events set closed_at = now() where kind = 'fund.floor-reached' and closed_at is null;
    insert into operator_events (kind, severity, message, details) values (
      'fund.floor-cleared', 'info',
      'Sending continues: the guarantee fund is not under its floor any more.',
      jsonb_build_object('amountLeft', new.amount_left::text, 'floor', new.floor::text,
                         'heldSince', old.held_since));
  end if;
  return new;
end $$`,
  trigger: `
create or replace trigger sending_hold_judged before update on sending_hold
  for each row execute function judge_sending_hold()`,
};
