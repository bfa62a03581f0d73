import { announce } from '#services/context';
import type { GatewayCounters, UnknownDevice } from '#model/monitoring';
import type { Storage } from '#storage';
import { sql } from 'kysely';

import {
  type DeviceSeen,
  saveAccepted,
  saveLenient,
  saveRefused,
  saveUnmapped,
  type Seen,
  SEPARATOR,
} from './save-seen.ts';

interface Quarantined extends UnknownDevice {
  readonly frames: number;
  /** First and last heard since the last write, epoch ms. */
  readonly from: number;
  readonly at: number;
}

/** Unknown names kept between two writes: a peer that makes them up must not fill the memory. */
const MOST_NAMES = 10_000;
/** So many devices are written at once whatever there is; of more of them a share. */
const FEW_DEVICES = 2000;
const ROUND_WRITES = 15;

/**
 * What gateways count, gathered in memory and written every other second: frames per device, refusals by reason,
 * factors nobody mapped, strangers in quarantine. Losing the last second of counts in a crash loses no data.
 */
export class GatewayLedger implements GatewayCounters {
  readonly #now: () => number;
  /** Totals since the start, for the metrics. */
  readonly totals = { accepted: new Map<string, number>(), refused: new Map<string, number>() };
  /** By protocol and device, those first that wait longest. */
  readonly #accepted = new Map<string, Map<string, Seen>>();
  #refused = new Map<string, Seen>();
  #unmapped = new Map<string, Seen>();
  #lenient = new Map<string, Seen>();
  #quarantine = new Map<string, Quarantined>();

  constructor(now: () => number) {
    this.#now = now;
  }

  framesAccepted(protocol: string, deviceCode: string, n: number): void {
    add(this.totals.accepted, protocol, n);
    const devices = this.#accepted.get(protocol) ?? new Map<string, Seen>();
    this.#accepted.set(protocol, devices);
    count(devices, deviceCode, { frames: n, at: this.#now() }, Number.POSITIVE_INFINITY);
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

  /**
   * Writes down what was counted; counts stay for the next time when the database is away. Of many devices only those that wait
   * longest are written, unless `all` are asked for: each has its turn within {@link ROUND_WRITES} writes.
   */
  async write(storage: Storage, { all = false } = {}): Promise<readonly UnknownDevice[]> {
    const taken = this.#takeAll(all);
    const { accepted, refused, unmapped, lenient, quarantine } = taken;
    if (accepted.length + refused.size + unmapped.size + lenient.size + quarantine.size === 0) return [];
    try {
      return await storage.system.transaction().execute(async (tx) => {
        await saveAccepted(tx, accepted);
        await saveRefused(tx, refused);
        await saveUnmapped(tx, unmapped);
        await saveLenient(tx, lenient);
        if (quarantine.size === 0) return [];
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
      this.#putBack(taken);
      throw error;
    }
  }

  #see(into: Map<string, Seen>, key: readonly string[], n: number): void {
    count(into, key.map(printable).join(SEPARATOR), { frames: n, at: this.#now() }, MOST_NAMES);
  }

  #takeAll(all: boolean): Taken {
    const taken = {
      accepted: this.#takeAccepted(all),
      refused: this.#refused,
      unmapped: this.#unmapped,
      lenient: this.#lenient,
      quarantine: this.#quarantine,
    };
    this.#refused = new Map();
    this.#unmapped = new Map();
    this.#lenient = new Map();
    this.#quarantine = new Map();
    return taken;
  }

  #takeAccepted(all: boolean): readonly DeviceSeen[] {
    return [...this.#accepted].flatMap(([protocol, devices]) => {
      const most = all ? devices.size : Math.max(FEW_DEVICES, Math.ceil(devices.size / ROUND_WRITES));
      const taken = [...devices.entries().take(most)];
      for (const [code] of taken) devices.delete(code);
      return taken.map(([code, { frames, at }]) => ({ protocol, code, n: frames, at }));
    });
  }

  #putBack(taken: Taken): void {
    for (const { protocol, code, n, at } of taken.accepted) {
      const devices = this.#accepted.get(protocol) ?? new Map<string, Seen>();
      count(devices, code, { frames: n, at }, Number.POSITIVE_INFINITY);
    }
    for (const [name, seen] of taken.refused) count(this.#refused, name, seen, MOST_NAMES);
    for (const [name, seen] of taken.unmapped) count(this.#unmapped, name, seen, MOST_NAMES);
    for (const [name, seen] of taken.lenient) count(this.#lenient, name, seen, MOST_NAMES);
    for (const [key, before] of taken.quarantine) {
      const since = this.#quarantine.get(key);
      if (!since && this.#quarantine.size >= MOST_NAMES) continue;
      const frames = before.frames + (since?.frames ?? 0);
      this.#quarantine.set(key, { ...(since ?? before), frames, from: before.from });
    }
  }
}

interface Taken {
  readonly accepted: readonly DeviceSeen[];
  readonly refused: ReadonlyMap<string, Seen>;
  readonly unmapped: ReadonlyMap<string, Seen>;
  readonly lenient: ReadonlyMap<string, Seen>;
  readonly quarantine: ReadonlyMap<string, Quarantined>;
}

function count(into: Map<string, Seen>, name: string, { frames, at }: Seen, most: number): void {
  const seen = into.get(name);
  if (seen) {
    seen.frames += frames;
    seen.at = Math.max(seen.at, at);
  } else if (into.size < most) into.set(name, { frames, at });
}

function add(into: Map<string, number>, name: string, n: number): void {
  into.set(name, (into.get(name) ?? 0) + n);
}

/** What strangers send is shown to people: control characters (PostgreSQL refuses NUL) become spaces, length is bounded. */
function printable(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replaceAll(/[\u0000-\u001F\u007F]/gu, ' ').slice(0, 500);
}
