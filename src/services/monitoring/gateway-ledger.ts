import { announce } from '#services/context';
import type { GatewayCounters, UnknownDevice } from '#model/monitoring';
import type { Storage } from '#storage';
import { sql } from 'kysely';

interface Seen {
  frames: number;
  at: number;
}

interface Quarantined extends UnknownDevice {
  readonly frames: number;
  /** First and last heard since the last write, epoch ms. */
  readonly from: number;
  readonly at: number;
}

const SEPARATOR = '\u0000';
/** Unknown names kept between two writes: a peer that makes them up must not fill the memory. */
const MOST_NAMES = 10_000;

/**
 * What gateways count, gathered in memory and written every other second: frames per device, refusals by reason,
 * factors nobody mapped, strangers in quarantine. Losing the last second of counts in a crash loses no data.
 */
export class GatewayLedger implements GatewayCounters {
  readonly #now: () => number;
  /** Totals since the start, for the metrics. */
  readonly totals = { accepted: new Map<string, number>(), refused: new Map<string, number>() };
  #accepted = new Map<string, Seen>();
  #refused = new Map<string, Seen>();
  #unmapped = new Map<string, Seen>();
  #lenient = new Map<string, Seen>();
  #quarantine = new Map<string, Quarantined>();

  constructor(now: () => number) {
    this.#now = now;
  }

  framesAccepted(protocol: string, deviceCode: string, n: number): void {
    add(this.totals.accepted, protocol, n);
    this.#see(this.#accepted, [protocol, deviceCode], n);
  }

  framesRefused(protocol: string, reason: string, deviceCode: string | undefined, n: number): void {
    add(this.totals.refused, `${protocol}${SEPARATOR}${reason}`, n);
    this.#see(this.#refused, [protocol, deviceCode ?? '', reason], n);
  }

  factorsUnmapped(protocol: string, deviceCode: string, factor: string): void {
    this.#see(this.#unmapped, [protocol, deviceCode, factor], 1);
  }

  leniencyUsed(protocol: string, deviceCode: string, leniency: string): void {
    this.#see(this.#lenient, [protocol, deviceCode, leniency], 1);
  }

  quarantine(seen: UnknownDevice): void {
    // By the name as it is written down: two names that print alike are one row.
    const code = printable(seen.code);
    const key = `${seen.protocol}${SEPARATOR}${code}`;
    const known = this.#quarantine.get(key);
    if (!known && this.#quarantine.size >= MOST_NAMES) return;
    const at = this.#now();
    const sample = printable(seen.sample);
    this.#quarantine.set(key, {
      ...seen,
      code,
      sample,
      frames: (known?.frames ?? 0) + 1,
      from: known?.from ?? at,
      at,
    });
  }

  /** Writes down what was counted; counts stay for the next time when the database is away. */
  async write(storage: Storage): Promise<readonly UnknownDevice[]> {
    const { accepted, refused, unmapped, lenient, quarantine } = this.#takeAll();
    try {
      return await storage.system.transaction().execute(async (tx) => {
        await sql`update device d set last_seen_at = greatest(d.last_seen_at, to_timestamp(r.at / 1000.0)), frames_accepted = d.frames_accepted + r.n
          from json_to_recordset(${rows(accepted, ['protocol', 'code'])}::json) as r(protocol text, code text, n bigint, at float8)
          where d.protocol = r.protocol and d.code = r.code`.execute(tx);
        await sql`insert into frame_refusal as f (protocol, device_code, reason, count, last_at)
          select protocol, code, reason, n, to_timestamp(at / 1000.0)
          from json_to_recordset(${rows(refused, ['protocol', 'code', 'reason'])}::json) as r(protocol text, code text, reason text, n bigint, at float8)
          on conflict (protocol, device_code, reason) do update set count = f.count + excluded.count, last_at = excluded.last_at`.execute(
          tx,
        );
        await sql`insert into unmapped_factor as u (protocol, device_code, factor, count, last_at)
          select protocol, code, factor, n, to_timestamp(at / 1000.0)
          from json_to_recordset(${rows(unmapped, ['protocol', 'code', 'factor'])}::json) as r(protocol text, code text, factor text, n bigint, at float8)
          on conflict (protocol, device_code, factor) do update set count = u.count + excluded.count, last_at = excluded.last_at`.execute(
          tx,
        );
        await sql`insert into device_leniency as l (protocol, device_code, leniency, count, last_at)
          select protocol, code, leniency, n, to_timestamp(at / 1000.0)
          from json_to_recordset(${rows(lenient, ['protocol', 'code', 'leniency'])}::json) as r(protocol text, code text, leniency text, n bigint, at float8)
          on conflict (protocol, device_code, leniency) do update set count = l.count + excluded.count, last_at = excluded.last_at`.execute(
          tx,
        );
        const strangers = [...quarantine.values()];
        const { rows: fresh } = await sql<{ id: number; protocol: string; code: string; fresh: boolean }>`
          insert into quarantine as q (protocol, code, address, sample, first_seen_at, last_seen_at, frames)
          select protocol, code, address, sample, to_timestamp("from" / 1000.0), to_timestamp(at / 1000.0), frames
          from json_to_recordset(${JSON.stringify(strangers)}::json) as r(protocol text, code text, address text, sample text, frames bigint, "from" float8, at float8)
          where not exists (select from device d where d.protocol = r.protocol and d.code = r.code)
          on conflict (protocol, code) do update set address = excluded.address, sample = excluded.sample,
            last_seen_at = excluded.last_seen_at, frames = q.frames + excluded.frames
          returning id, protocol, code, xmax = 0 as fresh`.execute(tx);
        await announce(
          tx,
          fresh
            .filter((row) => row.fresh)
            .map((row) => ({
              type: 'device.quarantined',
              at: this.#now(),
              place: null,
              scenario: null,
              payload: { id: row.id, text: `${row.protocol} ${row.code}` },
            })),
        );
        return strangers.filter((one) =>
          fresh.some((row) => row.fresh && row.code === one.code && row.protocol === one.protocol),
        );
      });
    } catch (error) {
      this.#putBack(accepted, refused, unmapped, lenient);
      this.#putBackStrangers(quarantine);
      throw error;
    }
  }

  #see(into: Map<string, Seen>, key: readonly string[], n: number): void {
    count(into, key.map(printable).join(SEPARATOR), { frames: n, at: this.#now() });
  }

  #takeAll(): {
    accepted: Map<string, Seen>;
    refused: Map<string, Seen>;
    unmapped: Map<string, Seen>;
    lenient: Map<string, Seen>;
    quarantine: Map<string, Quarantined>;
  } {
    const taken = {
      accepted: this.#accepted,
      refused: this.#refused,
      unmapped: this.#unmapped,
      lenient: this.#lenient,
      quarantine: this.#quarantine,
    };
    this.#accepted = new Map();
    this.#refused = new Map();
    this.#unmapped = new Map();
    this.#lenient = new Map();
    this.#quarantine = new Map();
    return taken;
  }

  #putBack(...taken: readonly Map<string, Seen>[]): void {
    [this.#accepted, this.#refused, this.#unmapped, this.#lenient].forEach((into, i) => {
      for (const [name, seen] of taken[i] ?? []) count(into, name, seen);
    });
  }

  #putBackStrangers(taken: ReadonlyMap<string, Quarantined>): void {
    for (const [key, before] of taken) {
      const since = this.#quarantine.get(key);
      if (!since && this.#quarantine.size >= MOST_NAMES) continue;
      const frames = before.frames + (since?.frames ?? 0);
      this.#quarantine.set(key, { ...(since ?? before), frames, from: before.from });
    }
  }
}

function count(into: Map<string, Seen>, name: string, { frames, at }: Seen): void {
  const seen = into.get(name);
  if (seen) {
    seen.frames += frames;
    seen.at = Math.max(seen.at, at);
  } else if (into.size < MOST_NAMES) into.set(name, { frames, at });
}

function add(into: Map<string, number>, name: string, n: number): void {
  into.set(name, (into.get(name) ?? 0) + n);
}

/** What strangers send is shown to people: control characters (PostgreSQL refuses NUL) become spaces, length is bounded. */
function printable(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replaceAll(/[\u0000-\u001F\u007F]/gu, ' ').slice(0, 500);
}

function rows(seen: ReadonlyMap<string, Seen>, names: readonly string[]): string {
  return JSON.stringify(
    [...seen].map(([key, { frames, at }]) => {
      const parts = key.split(SEPARATOR);
      return { ...Object.fromEntries(names.map((name, i) => [name, parts[i] ?? ''])), n: frames, at };
    }),
  );
}
