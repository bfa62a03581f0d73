import type { Kept, RetentionClock } from '#contract/monitoring';
import { KEPT, KEPT_CLASSES, type KeptClass } from '#model/monitoring';
import type { RequestContext } from '#services/context';
import type { PictureStore, Storage, Tx } from '#storage';
import { sql } from 'kysely';

import { loadClock } from './may-forget.ts';
import { loadKeptDays } from './kept-days.ts';

const DAY_MS = 86_400_000;
/** Pages of roll-ups that are looked at to tell how minutes and hours share their table. */
const SAMPLED = 20_000;

interface KeptReply {
  items: Kept[];
  keptFrom: number | null;
  heldPoints: number;
  lastAt: number | null;
  clock: RetentionClock;
}

/**
 * What is kept of monitoring, since when, on how much disk, and what goes next: dates and sums of the whole house, the same for
 * everybody who may read readings.
 */
export async function listKept(
  context: RequestContext,
  { storage, pictures }: { readonly storage: Storage; readonly pictures: PictureStore },
): Promise<KeptReply> {
  context.authorize('reading.read');
  const pictureBytes = await pictures.bytes();
  return storage.system.transaction().execute(async (tx) => {
    const days = await loadKeptDays(tx);
    const since = await loadSince(tx);
    const bytes = { ...(await loadBytes(tx)), picture: pictureBytes };
    const { rows } = await sql<Omit<KeptReply, 'items' | 'clock'>>`
      select nullif(kept_from, '-infinity') as "keptFrom",
        (select count(distinct point_id)::int from held_reading) as "heldPoints",
        (select at from audit where actor = 'rule:keep-in-time' order by id desc limit 1) as "lastAt"
      from reading_horizon`.execute(tx);
    const items = KEPT_CLASSES.map((key): Kept => {
      const kept = KEPT[key];
      const setting = 'setting' in kept ? kept.setting : null;
      const time = setting === null ? ('days' in kept ? kept.days : null) : days(setting);
      const first = since[key];
      return {
        key,
        days: time,
        setting,
        since: first,
        bytes: Math.round(bytes[key]),
        goesAt: first === null || time === null ? null : first + time * DAY_MS,
      };
    });
    const clock = await loadClock(tx, context.now());
    return { items, ...(rows[0] ?? { keptFrom: null, heldPoints: 0, lastAt: null }), clock };
  });
}

/** Moments of the oldest, epoch ms. */
async function loadSince(tx: Tx): Promise<Readonly<Record<KeptClass, number | null>>> {
  const first = (table: string, column: string, where = sql`true`) =>
    sql`(select ${sql.ref(column)} from ${sql.table(table)} where ${where} order by id limit 1)`;
  const { rows } = await sql<Record<KeptClass, number | null>>`select
    (select min(c.from_at) from point p cross join lateral (
      select from_at from reading_chunk where point_id = p.id order by to_at limit 1) c) as reading,
    (select min(from_at) from rolled_page where seconds = 60 and to_at = (
      select min(to_at) from rolled_page where seconds = 60)) as minute,
    (select min(from_at) from rolled_page where seconds = 3600 and to_at = (
      select min(to_at) from rolled_page where seconds = 3600)) as hour,
    ${first('replay_session', 'opened_at', sql`opened_at > now() - interval '2 days'`)} as replay,
    (select min(at) from seen_picture) as picture,
    ${first('intake_message', 'received_at')} as message,
    ${first('webhook_delivery', 'created_at')} as delivery,
    (select at from event order by seq limit 1) as event,
    ${first('attachment', 'at')} as evidence,
    ${first('audit', 'at')} as audit`.execute(tx);
  const [row] = rows;
  if (!row) throw new Error('one row of moments was asked for');
  return row;
}

/** With indexes and what lies outside of the rows. Replays lie in the partitions of readings and are counted with them. */
async function loadBytes(tx: Tx): Promise<Readonly<Record<Exclude<KeptClass, 'picture'>, number>>> {
  const size = (table: string) => sql`pg_total_relation_size(${table})::float8`;
  const { rows } = await sql<
    Record<Exclude<KeptClass, 'picture'>, number> & { rolled: number; share: number }
  >`
    select ${size('reading_chunk')} + (select coalesce(sum(pg_total_relation_size(inhrelid)), 0)::float8
        from pg_inherits where inhparent = 'reading'::regclass) as reading,
      ${size('rolled_page')} as rolled, (
        select coalesce(sum(octet_length(bytes)) filter (where seconds = 60)::float8 / nullif(sum(octet_length(bytes)), 0), 0)
        from (select seconds, bytes from rolled_page limit ${SAMPLED}) sampled) as share,
      0 as replay, ${size('intake_message')} as message, ${size('webhook_delivery')} as delivery,
      ${size('event')} + ${size('outbox')} as event, ${size('attachment')} as evidence, ${size('audit')} as audit`.execute(
    tx,
  );
  const [row] = rows;
  if (!row) throw new Error('one row of sizes was asked for');
  return { ...row, minute: row.rolled * row.share, hour: row.rolled * (1 - row.share) };
}
