import { levelOf } from '#model/warning';
import { announce, type Announcement } from '#services/context';
import type { Tx } from '#storage';
import type { WarningDraft } from '#workflow';
import { sql } from 'kysely';

import { auditChanges } from './audit-changes.ts';

/** A warning while a batch is worked through. */
export interface Work {
  readonly object: number;
  readonly item: string;
  readonly place: number;
  readonly scenario: number;
  readonly session: number | null;
  readonly simulated: boolean;
  /** Id of the stored warning; undefined for one that opens in this batch. */
  id: number | undefined;
  /** Set where a person, not the rule, made this of it. */
  readonly by?: string;
  readonly draft: WarningDraft;
}

/** Writes what a batch has made of warnings: the warnings, their history and evidence, the audit, and what is announced. */
export async function saveWarnings(tx: Tx, works: readonly Work[], now: number): Promise<void> {
  // Those that are normal already go first: they free the place of the one open warning per object and item.
  const fresh = works.filter((work) => work.id === undefined);
  const stored = works.filter((work) => work.id !== undefined);
  await update(tx, stored, now);
  for (const [settled, list] of [
    [true, fresh.filter((w) => w.draft.level === 0)],
    [false, fresh.filter((w) => w.draft.level > 0)],
  ] as const) {
    await insert(tx, list, { settled, now });
  }
  const changed = works.filter((work) => work.draft.changes.length > 0);
  await keepHistory(tx, changed);
  await keepEvidence(tx, works);
  await auditChanges(tx, changed, now);
  await announce(tx, changed.flatMap(announcements));
}

async function insert(
  tx: Tx,
  works: readonly Work[],
  { settled, now }: { readonly settled: boolean; readonly now: number },
): Promise<void> {
  if (works.length === 0) return;
  const rows = works.map((work, n) => ({ n, ...columns(work), state: settled ? 'normal' : 'open' }));
  const { rows: made } = await sql<{ id: number; n: number }>`
    with given as (
      select nextval(pg_get_serial_sequence('warning', 'id')) as id, r.* from json_to_recordset(${JSON.stringify(rows)}::json)
        as r(n int, object_id int, item_code text, place int, scenario int, state text, level int, peak_level int, reason text,
          opened_at float8, changed_at float8, normal_at float8, replay_session_id int, simulated boolean)
    ), made as (
      insert into warning (id, object_id, item_code, place, scenario, state, level, peak_level, reason, opened_at, changed_at,
        normal_at, replay_session_id, simulated, told_at, recorded_at)
      overriding system value
      select id, object_id, item_code, place, scenario, state, level, peak_level, reason, to_timestamp(opened_at / 1000.0),
        to_timestamp(changed_at / 1000.0), to_timestamp(normal_at / 1000.0), replay_session_id, simulated, ${new Date(now)}, ${new Date(now)}
      from given
      returning id
    ) select given.id, given.n from given join made using (id)`.execute(tx);
  for (const { id, n } of made) {
    const work = works[n];
    if (work) work.id = id;
  }
}

/** Somebody who has signed for a mild level has not seen the severe one: an upgrade needs an acknowledgement of its own. */
async function update(tx: Tx, works: readonly Work[], now: number): Promise<void> {
  const changed = works.filter((work) => work.draft.changes.length > 0);
  if (changed.length === 0) return;
  const rows = changed.map((work) => ({
    id: work.id,
    upgraded: work.draft.changes.some(({ change }) => change === 'upgraded'),
    ...columns(work),
  }));
  await sql`update warning w set level = r.level, peak_level = r.peak_level, reason = r.reason,
      changed_at = to_timestamp(r.changed_at / 1000.0), normal_at = to_timestamp(r.normal_at / 1000.0),
      state = case when r.level = 0 then 'normal' else 'open' end, told_at = ${new Date(now)},
      acknowledged_at = case when not r.upgraded then w.acknowledged_at end,
      acknowledged_by = case when not r.upgraded then w.acknowledged_by end
    from json_to_recordset(${JSON.stringify(rows)}::json)
      as r(id bigint, upgraded boolean, level int, peak_level int, reason text, changed_at float8, normal_at float8)
    where w.id = r.id`.execute(tx);
}

function columns(work: Work): Readonly<Record<string, unknown>> {
  const { draft } = work;
  return {
    object_id: work.object,
    item_code: work.item,
    place: work.place,
    scenario: work.scenario,
    level: draft.level,
    peak_level: draft.peakLevel,
    reason: draft.reason,
    opened_at: draft.openedAt,
    changed_at: draft.changedAt,
    normal_at: draft.normalAt,
    replay_session_id: work.session,
    simulated: work.simulated,
  };
}

async function keepHistory(tx: Tx, works: readonly Work[]): Promise<void> {
  const rows = works.flatMap((work) =>
    work.draft.changes.map((change) => ({
      warning_id: work.id,
      place: work.place,
      scenario: work.scenario,
      by: work.by ?? null,
      ...change,
    })),
  );
  if (rows.length === 0) return;
  await sql`insert into warning_change (warning_id, place, scenario, at, by, change, from_level, to_level, reason)
    select warning_id, place, scenario, to_timestamp(at / 1000.0), by, change, "fromLevel", "toLevel", reason
    from json_to_recordset(${JSON.stringify(rows)}::json)
      as r(warning_id bigint, place int, scenario int, at float8, by text, change text, "fromLevel" int, "toLevel" int, reason text)`.execute(
    tx,
  );
}

async function keepEvidence(tx: Tx, works: readonly Work[]): Promise<void> {
  const rows = works.flatMap((work) =>
    [...work.draft.evidence].map(([alarm, level]) => ({ warning: work.id, alarm, level })),
  );
  if (rows.length === 0) return;
  await sql`insert into warning_evidence (warning_id, alarm_id, level)
    select warning, alarm, level from json_to_recordset(${JSON.stringify(rows)}::json) as r(warning bigint, alarm bigint, level int)
    on conflict (warning_id, alarm_id) do update set level = excluded.level`.execute(tx);
}

function announcements(work: Work): readonly Announcement[] {
  return work.draft.changes.map((change) => ({
    type: `warning.${change.change}`,
    at: change.at,
    place: work.place,
    scenario: work.scenario,
    payload: {
      id: work.id ?? 0,
      object: work.object,
      item: work.item,
      fromLevel: change.fromLevel,
      toLevel: change.toLevel,
      level: levelOf(change.toLevel) ?? 'normal',
      text: change.reason,
      session: work.session,
      simulated: work.simulated,
    },
  }));
}
