import type { Tx } from '#storage';
import { sql } from 'kysely';

/** Between the parts of a name; no part can contain it. */
export const SEPARATOR = '\u0000';

/** How often something was seen, and when last (epoch ms). */
export interface Seen {
  frames: number;
  at: number;
}

/** Frames of a device, and when the last of them came (epoch ms). */
export interface DeviceSeen {
  readonly protocol: string;
  readonly code: string;
  readonly n: number;
  readonly at: number;
}

export async function saveAccepted(tx: Tx, seen: readonly DeviceSeen[]): Promise<void> {
  if (seen.length === 0) return;
  await sql`update device d set last_seen_at = greatest(d.last_seen_at, to_timestamp(r.at / 1000.0)), frames_accepted = d.frames_accepted + r.n
    from json_to_recordset(${JSON.stringify(seen)}::json) as r(protocol text, code text, n bigint, at float8)
    where d.protocol = r.protocol and d.code = r.code`.execute(tx);
}

export async function saveRefused(tx: Tx, seen: ReadonlyMap<string, Seen>): Promise<void> {
  if (seen.size === 0) return;
  await sql`insert into frame_refusal as f (protocol, device_code, reason, count, last_at)
    select protocol, code, reason, n, to_timestamp(at / 1000.0)
    from json_to_recordset(${rows(seen, ['protocol', 'code', 'reason'])}::json) as r(protocol text, code text, reason text, n bigint, at float8)
    on conflict (protocol, device_code, reason) do update set count = f.count + excluded.count, last_at = excluded.last_at`.execute(
    tx,
  );
}

export async function saveUnmapped(tx: Tx, seen: ReadonlyMap<string, Seen>): Promise<void> {
  if (seen.size === 0) return;
  await sql`insert into unmapped_factor as u (protocol, device_code, factor, count, last_at)
    select protocol, code, factor, n, to_timestamp(at / 1000.0)
    from json_to_recordset(${rows(seen, ['protocol', 'code', 'factor'])}::json) as r(protocol text, code text, factor text, n bigint, at float8)
    on conflict (protocol, device_code, factor) do update set count = u.count + excluded.count, last_at = excluded.last_at`.execute(
    tx,
  );
}

export async function saveLenient(tx: Tx, seen: ReadonlyMap<string, Seen>): Promise<void> {
  if (seen.size === 0) return;
  await sql`insert into device_leniency as l (protocol, device_code, leniency, count, last_at)
    select protocol, code, leniency, n, to_timestamp(at / 1000.0)
    from json_to_recordset(${rows(seen, ['protocol', 'code', 'leniency'])}::json) as r(protocol text, code text, leniency text, n bigint, at float8)
    on conflict (protocol, device_code, leniency) do update set count = l.count + excluded.count, last_at = excluded.last_at`.execute(
    tx,
  );
}

function rows(seen: ReadonlyMap<string, Seen>, names: readonly string[]): string {
  return JSON.stringify(
    [...seen].map(([key, { frames, at }]) => {
      const parts = key.split(SEPARATOR);
      return { ...Object.fromEntries(names.map((name, i) => [name, parts[i] ?? ''])), n: frames, at };
    }),
  );
}
