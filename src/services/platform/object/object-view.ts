import type { MonitoredObject } from '#contract/platform';
import { scenarioCodeOf } from '#model/platform';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

interface ObjectRow {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly scenarios: readonly number[];
  readonly lat: number;
  readonly lon: number;
  readonly town: string | null;
  readonly village: string | null;
  readonly place_approximate: boolean;
  readonly simulated: boolean;
}

/** Objects the caller may see (row-level security), as `suffix` picks and sorts them. `o` is the object. */
export async function loadObjects(tx: Tx, suffix: RawBuilder<unknown>): Promise<readonly MonitoredObject[]> {
  const { rows } = await sql<ObjectRow>`
    select o.id, o.code, o.name, o.scenarios, o.lat, o.lon, o.town, o.village, o.place_approximate, o.simulated
    from monitored_object o ${suffix}`.execute(tx);
  return rows.map(({ place_approximate, scenarios, ...row }) => ({
    ...row,
    scenarios: codesOf(scenarios),
    placeApproximate: place_approximate,
  }));
}

export function codesOf(scenarios: readonly number[]): string[] {
  return scenarios.map((id) => scenarioCodeOf(id) ?? String(id));
}
