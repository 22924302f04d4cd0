import type { Pool } from 'pg';
import { statement } from '../../storage/statement.js';
import { IS_OUTSIDE_WINDOW } from '../ledger/claim-orders.js';

/** How far ahead tracking takes slots: a new order waits for at most that and one slot. */
export const HORIZON_MS = 200;

/**
 * How long an order may be due before polls stand back for it. A new order takes its own slot, after those taken
 * before; if every such order stopped tracking, a steady trickle of orders would stop it for good. An order that still
 * waits after this time belongs to a backlog, and a backlog gets every slot.
 */
const SEND_GRACE_MS = 500;

/** So much of its share may come in one go; of a share with longer gaps, one poll. */
const SHARE_SECS = 1;

/** Orders that are due and not sent on purpose: polls need not stand back for them. */
const SENDING_IS_HELD = `
  select h.held or g.state <> 'open' or b.reason is not distinct from 'unknown-outcomes' or (${IS_OUTSIDE_WINDOW})
    from sending_hold h, sending_guard g, partner_breaker b`;

// The least of an index is one step into it, whatever the planner thinks of how many there are.
const SENDS_WAIT = `
  coalesce((select min(due_at) from orders where status in ('accepted', 'retrying'))
             <= now() - interval '${SEND_GRACE_MS} milliseconds', false)
  and not (${SENDING_IS_HELD})`;

/**
 * $1 seconds of a place, $2 horizon and $4 lease in milliseconds, $3 the most to take, $5 whether this is the probe, $6
 * seconds between two polls while orders wait to be sent; null: none are made then.
 *
 * While orders wait, their senders hold the slots that come next, so what tracking has a share of comes behind those.
 *
 * The rate limiter is locked only when there is something to take, and never waited for: a sender goes first. Nothing
 * of this has to survive a crash of the database – an order whose lease is lost is polled again – so no one waits for
 * the disk while the rate limiter is locked.
 */
export const CLAIM_TRACKS = statement('claim-tracks')`
with relaxed as materialized (
  select set_config('synchronous_commit', 'off', true) as value
), seeded as (
  -- The table is unlogged: after a crash of the database the row is not there.
  insert into partner_pace (next_call_at) values (now()) on conflict (only_row) do nothing
), conditions as materialized (
  -- Unknown outcomes of orders stop no reads: those cost nothing.
  select case when b.reason is distinct from 'unknown-outcomes' then b.open_until end as open_until, b.failures > 0 as troubled, p.until as paused_until, (${SENDS_WAIT}) as sends_wait,
         coalesce((select min(due_at) from order_tracks where ended is null) <= now(), false) as due_now
    from partner_breaker b, tracking_pause p
), limiter as materialized (
  select greatest(p.next_call_at, now()) as starts_at, w.sends_wait,
         greatest(p.shared_until, now() - greatest($6::float8, ${SHARE_SECS}) * interval '1 second') as shared_until
    from partner_pace p, conditions w
   where (p.next_call_at < now() + $2::float8 * interval '1 millisecond' or w.sends_wait)
     and (w.open_until is null or $5::boolean) and w.paused_until <= now() and w.due_now
     and (not w.sends_wait or p.shared_until <= now() - $6::float8 * interval '1 second')
     for update of p skip locked
), places as materialized (
  select starts_at, shared_until, sends_wait, least($3::integer, case when sends_wait
           then floor(extract(epoch from now() - shared_until) / $6::float8)
           else ceil(($2::float8 - 1000 * extract(epoch from starts_at - now())) / (1000 * $1::float8)) end)::integer as free
    from limiter
), due as materialized (
  select order_id, due_at from order_tracks where ended is null and due_at <= now()
   order by due_at limit coalesce((select free from places), 0) for update skip locked
), leased as (
  update order_tracks t
     set due_at = now() + $4::float8 * interval '1 millisecond'
           + (select case when sends_wait then starts_at - now() + free * $1::float8 * interval '1 second' else '0' end from places),
         is_leased = true, polls = t.polls + 1
   where t.order_id = any(array(select order_id from due))
  returning t.order_id, t.polls, t.step
), taken as (
  select count(*)::float8 as count from leased
), moved as (
  update partner_pace p
     set next_call_at = l.starts_at + t.count * $1::float8 * interval '1 second',
         shared_until = case when l.sends_wait then l.shared_until + t.count * $6::float8 * interval '1 second'
                        else p.shared_until end
    from places l, taken t where t.count > 0
), given as (
  select l.order_id, l.polls, l.step, o.troika_order_id, o.troika_uuid,
         1000 * (extract(epoch from p.starts_at - now()) + (row_number() over (order by d.due_at) - 1) * $1::float8) as wait_ms
    from leased l join due d using (order_id) join orders o on o.id = l.order_id, places p
)
select now() as "claimedAt", g.order_id as "orderId", g.polls, g.step, g.troika_order_id as "troikaOrderId", g.troika_uuid as "troikaUuid", g.wait_ms::float8 as "waitMs",
       w.troubled, w.sends_wait as "sendsWait", w.due_now as "dueNow", (select value from relaxed) as relaxed,
       (1000 * extract(epoch from w.open_until - now()))::float8 as "probeInMs",
       (1000 * extract(epoch from nullif(w.paused_until, '-infinity') - now()))::float8 as "pausedForMs",
       (select coalesce((select free from places), 0)) as free,
       (1000 * extract(epoch from (select min(due_at) from order_tracks where ended is null and due_at > now()) - now()))::float8 as "dueInMs",
       (1000 * extract(epoch from coalesce(
         (select p.starts_at + t.count * $1::float8 * interval '1 second' from places p, taken t),
         (select next_call_at from partner_pace)) - now()))::float8 as "nextSlotInMs"
  from conditions w left join given g on true
 order by g.wait_ms`;

/** The right to poll an order once, in its own slot. */
export interface TrackClaim {
  readonly orderId: string;
  readonly troikaOrderId: string;
  readonly troikaUuid: string | null;
  /** Which poll of the order this is, from 1. */
  readonly polls: number;
  /** How often the order was polled since it last changed. */
  readonly step: number;
  /** The time until its slot. */
  readonly waitMs: number;
}

export interface ClaimTracksOptions {
  /** The length of one place: one divided by the rate. */
  readonly slotSecs: number;
  /** The part of the rate that tracking has while orders wait to be sent; none unless given. */
  readonly share?: number;
  /** How many at most. */
  readonly most: number;
  /** After which a claim counts as lost, from now, or from its slot where that lies further ahead. */
  readonly leaseMs: number;
  readonly isProbe: boolean;
}

/** What a claim has found, beside what it has taken. */
export interface TrackingConditions {
  /** The moment of the claim, by the clock of the database. */
  readonly claimedAt: Date;
  /** How many places were free; fewer claims than that mean that nothing more is due. */
  readonly free: number;
  /** Some track was due. */
  readonly dueNow: boolean;
  /** When the next track is due that was not due yet. */
  readonly dueInMs: number | undefined;
  /** The time until the slot after the taken ones; negative when it has passed unused. */
  readonly nextSlotInMs: number;
  /** Orders are waiting to be sent: they come first. */
  readonly sendsWait: boolean;
  /** The breaker is open; 0 or less when it is time for a probe. */
  readonly probeInMs: number | undefined;
  /** How long no one asks about anything. */
  readonly pausedForMs: number;
  /** Earlier calls did not reach the partner: the breaker must be notified when one does. */
  readonly troubled: boolean;
}

interface ClaimRow {
  readonly claimedAt: Date;
  readonly orderId: string | null;
  readonly polls: number | null;
  readonly step: number | null;
  readonly troikaOrderId: string | null;
  readonly troikaUuid: string | null;
  readonly waitMs: number | null;
  readonly free: number;
  readonly dueNow: boolean;
  readonly dueInMs: number | null;
  readonly nextSlotInMs: number | null;
  readonly sendsWait: boolean;
  readonly probeInMs: number | null;
  readonly pausedForMs: number | null;
  readonly troubled: boolean;
}

/**
 * Takes tracks that are due, those that have waited longest first, and as many slots of the rate limiter, in one statement. It
 * takes only its share while orders wait to be sent, none while the breaker is open (but for the probe) or while tracking pauses, and
 * but for its share only places that begin within the horizon.
 */
export async function claimTracks(
  pool: Pool,
  { slotSecs, share = 0, most, leaseMs, isProbe }: ClaimTracksOptions,
): Promise<{ claims: TrackClaim[]; conditions: TrackingConditions }> {
  const { rows } = await pool.query<ClaimRow>({
    ...CLAIM_TRACKS,
    values: [slotSecs, HORIZON_MS, most, leaseMs, isProbe, share > 0 ? slotSecs / share : null],
  });
  const [first] = rows;
  if (first === undefined) throw new Error('the row of the breaker or of the pause of tracking is missing');
  const claims = rows.flatMap(({ orderId, polls, step, troikaOrderId, troikaUuid, waitMs }) =>
    orderId === null || polls === null || step === null || troikaOrderId === null || waitMs === null
      ? []
      : [{ orderId, polls, step, troikaOrderId, troikaUuid, waitMs }],
  );
  const { claimedAt, free, dueNow, sendsWait, troubled } = first;
  return {
    claims,
    conditions: {
      claimedAt,
      free,
      dueNow,
      sendsWait,
      troubled,
      dueInMs: first.dueInMs ?? undefined,
      nextSlotInMs: first.nextSlotInMs ?? 0,
      probeInMs: first.probeInMs ?? undefined,
      pausedForMs: Math.max(0, first.pausedForMs ?? 0),
    },
  };
}
