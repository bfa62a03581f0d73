import type { Tx } from '#storage';
import { sql } from 'kysely';

import { dayOf } from '../day-figures.ts';
import type { PointBook } from '../point-book.ts';

/** So many points are written every minute; more of them every ten. */
const FEW = 5000;
const ROUNDS = 10;

/**
 * Minutes in which points had a fresh value, of those in which they should have had one (A1). Minutes of service are not required,
 * nor those in which this process did not run: nobody could have heard.
 */
export class OnlineMinutes {
  #day = '';
  #required = new Map<number, number>();
  #online = new Map<number, number>();
  #rounds = 0;

  /** Counts one minute of all live points with a rhythm, at a moment (epoch ms). */
  async count(tx: Tx, book: PointBook, now: number): Promise<void> {
    const day = dayOf(now);
    if (day !== this.#day) await this.flush(tx);
    this.#day = day;
    for (const { id, periodMs } of book.points()) {
      if (periodMs === 0 || book.session[id] !== 0 || book.checks.isServiced(id, now)) continue;
      this.#required.set(id, (this.#required.get(id) ?? 0) + 1);
      if (now - (book.newestAt[id] ?? Number.NEGATIVE_INFINITY) > book.freshFor(id)) continue;
      this.#online.set(id, (this.#online.get(id) ?? 0) + 1);
    }
    this.#rounds += 1;
    if (this.#required.size <= FEW || this.#rounds >= ROUNDS) await this.flush(tx);
  }

  async flush(tx: Tx): Promise<void> {
    if (this.#required.size === 0) return;
    const points = [...this.#required.keys()];
    const online = points.map((id) => this.#online.get(id) ?? 0);
    await sql`insert into point_day as d (day, point_id, online_minutes, required_minutes)
      select ${this.#day}::date, p, o, r
      from unnest(${literal(points)}::int[], ${literal(online)}::int[], ${literal([...this.#required.values()])}::int[]) as n(p, o, r)
      on conflict (day, point_id) do update set online_minutes = d.online_minutes + excluded.online_minutes,
        required_minutes = d.required_minutes + excluded.required_minutes`.execute(tx);
    this.#required = new Map();
    this.#online = new Map();
    this.#rounds = 0;
  }
}

const literal = (numbers: readonly number[]): string => `{${numbers.join(',')}}`;
