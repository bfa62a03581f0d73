import { recordset, type Tx } from '#storage';
import { sql } from 'kysely';

/** A line that the system is about to write. */
export interface Line {
  readonly seq: number;
  readonly type: string;
  readonly at: number;
  readonly platform: number;
  readonly place: number;
  readonly scenario: number | null;
  readonly text: string;
  readonly warning: number | null;
  readonly order: number | null;
  readonly copy: boolean;
  readonly session: number | null;
  readonly simulated: boolean;
}

/** So many lines of a kind a minute can still be read. */
export const LINES_A_MINUTE = 20;
const MINUTE_MS = 60_000;

/**
 * Which lines are written one by one, and which are counted in one line of their minute (`count`, `seq` of the last one).
 * Lines that are there already, or counted already, are left out.
 */
export async function gatherFlood(
  tx: Tx,
  lines: readonly Line[],
): Promise<{
  readonly single: readonly Line[];
  readonly counted: readonly (Line & { readonly bucket: string; readonly count: number })[];
}> {
  const held = await loadHeld(tx, lines);
  const single: Line[] = [];
  const counted = new Map<string, Line & { readonly bucket: string; readonly count: number }>();
  for (const line of lines) {
    const key = keyOf(line);
    const bucket = held.get(key);
    if (bucket === undefined || bucket.seqs.has(line.seq) || line.seq <= bucket.lastSeq) continue;
    if (bucket.room > 0) {
      bucket.room -= 1;
      single.push(line);
      continue;
    }
    const so = counted.get(key);
    counted.set(key, {
      ...(so ?? line),
      seq: line.seq,
      bucket: bucketOf(line),
      count: (so?.count ?? 0) + 1,
    });
  }
  return { single, counted: [...counted.values()] };
}

interface Bucket {
  room: number;
  /** Events that have a line of their own. */
  readonly seqs: ReadonlySet<number>;
  /** The event that was counted last. */
  readonly lastSeq: number;
}

function minuteOf({ at }: Line): number {
  return Math.floor(at / MINUTE_MS);
}

function bucketOf(line: Line): string {
  return `flood:${line.type}:${minuteOf(line)}:${line.session ?? 'live'}`;
}

function keyOf(line: Line): string {
  return `${line.platform} ${bucketOf(line)}`;
}

/** What the log holds already of each platform, kind and minute of the lines. */
async function loadHeld(tx: Tx, lines: readonly Line[]): Promise<Map<string, Bucket>> {
  const asked = new Map(lines.map((line) => [keyOf(line), line]));
  const rows = [...asked].map(([key, line]) => ({
    key,
    platform: line.platform,
    type: line.type,
    bucket: bucketOf(line),
    from: minuteOf(line) * MINUTE_MS,
    session: line.session,
  }));
  const { rows: held } = await sql<{ key: string; keys: readonly string[]; last_seq: number | null }>`
    select r.key, (select l.last_seq from duty_log l where l.platform_id = r.platform and l.idempotency_key = r.bucket) as last_seq,
      array(select l.idempotency_key from duty_log l
        where l.platform_id = r.platform and l.at >= to_timestamp(r."from" / 1000.0)
          and l.at < to_timestamp((r."from" + ${MINUTE_MS}) / 1000.0) and l.event_type = r.type and l.last_seq is null
          and l.replay_session_id is not distinct from r.session) as keys
    from ${recordset(rows, sql`r(key text, platform int, type text, bucket text, "from" float8, session int)`)}`.execute(
    tx,
  );
  return new Map(
    held.map(({ key, keys, last_seq }) => [
      key,
      {
        room: LINES_A_MINUTE - keys.length,
        seqs: new Set(keys.map((one) => Number(one.replace('event:', '')))),
        lastSeq: last_seq ?? 0,
      },
    ]),
  );
}
