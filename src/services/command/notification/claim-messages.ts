import type { ChannelKind } from '#model/command';
import { recordset, type Tx } from '#storage';
import { sql } from 'kysely';

/** So many of one channel are under way at once. */
const AT_ONCE = 20;
/** So many that wait for a channel that is down go another way in one round. */
const MOVED_AT_ONCE = 200;
/** A message that was taken and of which nothing is heard (the process died) is taken again. */
const LEASE_MS = 60_000;
const MINUTE_MS = 60_000;

/** A message on its way, with its channel. */
export interface Claimed {
  readonly id: number;
  readonly key: string;
  readonly attempts: number;
  readonly level: number;
  readonly place: number;
  readonly scenario: number | null;
  readonly account_id: number | null;
  readonly contact_id: number | null;
  readonly post_id: number | null;
  readonly kind: ChannelKind;
  readonly title: string;
  readonly text: string;
  readonly link: string | null;
  readonly gathered: number | null;
  /** Of what is gathered: how many orders somebody has taken meanwhile. */
  readonly settled: number;
  readonly asks_answer: boolean;
  readonly tried: readonly string[];
  readonly channel_id: number;
  /** What it asks somebody to do has been done meanwhile. */
  readonly stale: boolean;
  /** Its channel is switched off or down, and it is not the one that finds out whether it still is. */
  readonly stuck: boolean;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly address_by: 'username' | 'phone';
  readonly secret_sealed: string | null;
  readonly dry_run: boolean;
}

interface Room {
  readonly channel: number;
  readonly room: number;
  readonly stuck: boolean;
}

/** Takes what is due, the worst first, as far as each channel's rate allows; nobody else takes it until its lease is over. */
export async function claimMessages(tx: Tx, now: number): Promise<readonly Claimed[]> {
  const rooms = await lockChannels(tx, now);
  if (rooms.length === 0) return [];
  const { rows } = await sql<Claimed>`
    update notification n set next_at = ${new Date(now + LEASE_MS)}, attempts = n.attempts + case when picked.stuck then 0 else 1 end
    from (
      select found.id, r.stuck, g.settled from ${recordset(rooms, sql`r(channel int, room int, stuck boolean)`)}
      cross join lateral (
        select id, asks_answer, gathered from notification q where q.channel_id = r.channel and q.state in ('queued', 'limited') and q.next_at <= ${new Date(now)}
        order by q.level desc nulls last, q.next_at, q.id limit r.room for update skip locked
      ) found
      cross join lateral (
        select count(*)::int as settled from work_order o
        where found.asks_answer and o.id = any(found.gathered) and not waits_for_taker(o.state)
      ) g
    ) picked, channel c
    where n.id = picked.id and c.id = n.channel_id
    returning n.id, n.key, n.attempts, coalesce(n.level, 0) as level, n.place, n.scenario, n.account_id, n.contact_id, n.post_id, n.kind,
      n.title, n.text, n.link, cardinality(n.gathered) as gathered, n.asks_answer, n.tried, n.channel_id, picked.stuck,
      c.settings, c.address_by, c.secret_sealed, c.dry_run,
      picked.settled, case when n.matter_id is not null then is_settled(n.cause, n.matter_id, n.asks_answer)
        when n.matters is not null then all_settled(n.cause, n.matters)
        else coalesce(picked.settled = cardinality(n.gathered), false) end as stale`.execute(tx);
  await countUsed(tx, rows, now);
  return rows;
}

/**
 * Channels for which something is due, held by this round alone, with how many each may still send in its minute. What still waits for
 * one that was switched off or removed goes another way, as if it were down.
 */
async function lockChannels(tx: Tx, now: number): Promise<readonly Room[]> {
  const { rows } = await sql<{
    id: number;
    rate: number;
    used: number;
    off: boolean;
    down: boolean;
    probing: boolean;
  }>`
    select c.id, c.rate_per_minute as rate, not c.enabled or c.removed_at is not null as off, c.down_since is not null as down, coalesce(c.probe_at <= ${new Date(now)}, true) as probing,
      case when c.minute_from > ${new Date(now - MINUTE_MS)} then c.minute_used else 0 end as used
    from channel c
    where exists (select from notification n
      where n.channel_id = c.id and n.state in ('queued', 'limited') and n.next_at <= ${new Date(now)})
    for update of c skip locked`.execute(tx);
  return rows.flatMap(({ id, rate, used, off, down, probing }): Room[] => {
    if (off || (down && !probing)) return [{ channel: id, room: MOVED_AT_ONCE, stuck: true }];
    const room = Math.min(down ? 1 : AT_ONCE, rate - used);
    return room > 0 ? [{ channel: id, room, stuck: false }] : [];
  });
}

async function countUsed(tx: Tx, claimed: readonly Claimed[], now: number): Promise<void> {
  const used = Map.groupBy(
    claimed.filter(({ stuck, stale }) => !stuck && !stale),
    ({ channel_id: channel }) => channel,
  );
  if (used.size === 0) return;
  const rows = [...used].map(([channel, list]) => ({ channel, n: list.length }));
  const from = new Date(now - MINUTE_MS);
  await sql`update channel c set minute_used = case when c.minute_from > ${from} then c.minute_used else 0 end + r.n,
      minute_from = case when c.minute_from > ${from} then c.minute_from else ${new Date(now)} end
    from ${recordset(rows, sql`r(channel int, n int)`)} where c.id = r.channel`.execute(tx);
}
