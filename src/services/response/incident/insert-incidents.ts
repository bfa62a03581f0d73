import { toBeijing } from '#base';
import type { IncidentGround } from '#model/response';
import type { Loop } from '#model/standard';
import { recordset, type Tx } from '#storage';
import { sql } from 'kysely';

/** An incident before it is written; what it takes in comes after. */
export interface IncidentDraft {
  readonly title: string;
  readonly place: number;
  readonly scenario: number;
  readonly level: number;
  readonly loop: Loop;
  readonly ground: IncidentGround;
  readonly cause: string | null;
  readonly lat: number;
  readonly lon: number;
  readonly at: number;
  readonly by: string | null;
  readonly session: number | null;
  readonly simulated: boolean;
}

/** Writes incidents with their codes of the day, all in one statement; gives ids and codes in the order of the drafts. */
export async function insertIncidents(
  tx: Tx,
  drafts: readonly IncidentDraft[],
): Promise<readonly { readonly id: number; readonly code: string }[]> {
  const numbered = await withCodes(tx, drafts);
  const { rows } = await sql<{ id: number; code: string }>`
    insert into incident (code, title, place, scenario, level, loop, loop_since, ground, cause, lat, lon, opened_at, opened_by,
      replay_session_id, simulated)
    select code, title, place, scenario, level, loop, to_timestamp(at / 1000.0), ground, cause, lat, lon,
      to_timestamp(at / 1000.0), by, session, simulated
    from ${recordset(
      numbered,
      sql`r(code text, title text, place int, scenario int2, level int2, loop text, ground text, cause text, lat float8, lon float8,
        at float8, by text, session int, simulated boolean)`,
    )} returning id, code`.execute(tx);
  const byCode = new Map(rows.map((row) => [row.code, row]));
  return numbered.flatMap(({ code }) => byCode.get(code) ?? []);
}

async function withCodes(
  tx: Tx,
  drafts: readonly IncidentDraft[],
): Promise<readonly (IncidentDraft & { readonly code: string })[]> {
  const byDay = Map.groupBy(drafts, ({ at }) => dayText(at));
  const codes = new Map<IncidentDraft, string>();
  for (const [day, its] of byDay) {
    const { rows } = await sql<{
      before: number;
    }>`select take_incident_numbers(${day}, ${its.length}) as before`.execute(tx);
    const before = rows[0]?.before ?? 0;
    for (const [i, draft] of its.entries())
      codes.set(draft, `EV-${day}-${String(before + i + 1).padStart(3, '0')}`);
  }
  return drafts.map((draft) => ({ ...draft, code: codes.get(draft) ?? '' }));
}

function dayText(at: number): string {
  const { year, month, day } = toBeijing(at);
  return `${year}${String(month).padStart(2, '0')}${String(day).padStart(2, '0')}`;
}
