import type { Event } from '#bus';
import { withOwnLimits } from '#contract/standard';
import type { ElementState, Sign } from '#model/standard';
import { levelOf } from '#model/warning';
import { announce, type Announcement } from '#services/context';
import { levelSentence, normalSentence, type SpokenSign } from '#signs';
import type { Tx } from '#storage';
import { takeNews, type WarningDraft } from '#workflow';
import { sql } from 'kysely';

import { auditChanges } from './audit-changes.ts';
import { loadObjectFacts, type ObjectFacts } from './object-facts.ts';

/** Payload of `alarm.*` events. */
interface AlarmPayload {
  readonly id: number;
  readonly object: number;
  readonly item: string;
  readonly sign: number;
  readonly toLevel: number;
  readonly value: number;
  readonly session: number | null;
  readonly simulated: boolean;
  /** Set where a person or a rule, not a reading, ended the alarm. */
  readonly why?: string;
}

interface Work {
  readonly object: number;
  readonly item: string;
  readonly place: number;
  readonly scenario: number;
  readonly session: number | null;
  readonly simulated: boolean;
  /** Id of the stored warning; undefined for one that opens in this batch. */
  id: number | undefined;
  readonly draft: WarningDraft;
}

/**
 * Alarms → warnings, for a batch of events in their order: one open warning per (object, item), its level the highest
 * its alarms justify; every change kept with one sentence why. Set-based: a flood of 20,000 costs a few statements.
 * `now` is the wall clock, for the audit.
 */
export async function followAlarms(tx: Tx, events: readonly Event[], now: number): Promise<void> {
  const told = events.map((event) => ({ event, payload: event.payload as unknown as AlarmPayload }));
  const settled = await settledAlarms(
    tx,
    told.map(({ payload }) => payload.id),
  );
  const payloads = told.filter(({ payload }) => !settled.has(payload.id));
  const signs = await signsOf(tx, [...new Set(payloads.map(({ payload }) => payload.sign))]);
  const objects = await loadObjectFacts(tx, [...new Set(payloads.map(({ payload }) => payload.object))]);
  const open = await openWarnings(
    tx,
    payloads.map(({ payload }) => payload),
  );
  const changed = new Set<Work>();
  for (const { event, payload } of payloads) {
    const key = `${payload.object} ${payload.item}`;
    const before = open.get(key);
    const sign = signs.get(payload.sign);
    const reason =
      payload.why ?? (sign ? sentence(atObject(sign, objects.get(payload.object)), payload, objects) : '');
    const draft = takeNews(before?.draft, {
      alarm: payload.id,
      toLevel: payload.toLevel,
      at: event.at,
      reason,
    });
    if (!draft) continue;
    const work = before ?? {
      object: payload.object,
      item: payload.item,
      place: event.place ?? 0,
      scenario: event.scenario ?? 0,
      session: payload.session,
      simulated: payload.simulated,
      id: undefined,
      draft,
    };
    changed.add(work);
    if (draft.level === 0) open.delete(key);
    else open.set(key, work);
  }
  await save(tx, [...changed], now);
}

/** Alarms whose warning is normal or closed: they are over, what is told of them has been told before. */
async function settledAlarms(tx: Tx, ids: readonly number[]): Promise<ReadonlySet<number>> {
  const { rows } = await sql<{ id: number }>`
    select e.alarm_id as id from warning_evidence e join warning w on w.id = e.warning_id
    where e.alarm_id = any(${[...new Set(ids)]}) and w.state <> 'open'`.execute(tx);
  return new Set(rows.map((row) => row.id));
}

function sentence(
  sign: SpokenSign,
  payload: AlarmPayload,
  objects: ReadonlyMap<number, ObjectFacts>,
): string {
  const parameters = objects.get(payload.object)?.parameters;
  return payload.toLevel === 0
    ? normalSentence(sign, payload.value)
    : levelSentence(sign, payload.toLevel, payload.value, (code) => parameters?.[code]);
}

/** The sign as it stands at the object, with the limits it has of its own. */
function atObject(sign: KnownSign, facts: ObjectFacts | undefined): SpokenSign {
  const own = facts?.limits[sign.code];
  return own === undefined ? sign : { ...withOwnLimits(sign, own), states: sign.states };
}

type KnownSign = Sign & Pick<SpokenSign, 'states'>;

async function signsOf(tx: Tx, ids: readonly number[]): Promise<ReadonlyMap<number, KnownSign>> {
  const { rows } = await sql<{ id: number; body: Sign; states: readonly ElementState[] | null }>`
    select s.id, s.body, e.body->'states' as states from sign s left join element e on e.code = s.element_code
    where s.id = any(${[...ids]}) and s.body ? 'measure'`.execute(tx);
  return new Map(rows.map((row) => [row.id, { ...row.body, states: row.states ?? undefined }]));
}

async function openWarnings(tx: Tx, payloads: readonly AlarmPayload[]): Promise<Map<string, Work>> {
  const { rows } = await sql<{
    id: number;
    object_id: number;
    item_code: string;
    place: number;
    scenario: number;
    level: number;
    peak_level: number;
    reason: string;
    opened_at: number;
    changed_at: number;
    replay_session_id: number | null;
    simulated: boolean;
    evidence: [number, number][] | null;
  }>`select w.id, w.object_id, w.item_code, w.place, w.scenario, w.level, w.peak_level, w.reason, w.opened_at, w.changed_at,
      w.replay_session_id, w.simulated,
      (select json_agg(json_build_array(e.alarm_id, e.level)) from warning_evidence e where e.warning_id = w.id) as evidence
    from warning w
    where w.state = 'open' and w.object_id = any(${[...new Set(payloads.map((payload) => payload.object))]})
    for update of w`.execute(tx);
  return new Map(
    rows.map((row): [string, Work] => [
      `${row.object_id} ${row.item_code}`,
      {
        object: row.object_id,
        item: row.item_code,
        place: row.place,
        scenario: row.scenario,
        session: row.replay_session_id,
        simulated: row.simulated,
        id: row.id,
        draft: {
          level: row.level,
          peakLevel: row.peak_level,
          reason: row.reason,
          openedAt: row.opened_at,
          changedAt: row.changed_at,
          normalAt: null,
          evidence: new Map(row.evidence ?? []),
          changes: [],
        },
      },
    ]),
  );
}

async function save(tx: Tx, works: readonly Work[], now: number): Promise<void> {
  // Those that are normal already go first: they free the place of the one open warning per object and item.
  const fresh = works.filter((work) => work.id === undefined);
  const stored = works.filter((work) => work.id !== undefined);
  await update(tx, stored);
  for (const [settled, list] of [
    [true, fresh.filter((w) => w.draft.level === 0)],
    [false, fresh.filter((w) => w.draft.level > 0)],
  ] as const) {
    await insert(tx, list, settled);
  }
  const changed = works.filter((work) => work.draft.changes.length > 0);
  await keepHistory(tx, changed);
  await keepEvidence(tx, works);
  await auditChanges(tx, changed, now);
  await announce(tx, changed.flatMap(announcements));
}

async function insert(tx: Tx, works: readonly Work[], settled: boolean): Promise<void> {
  if (works.length === 0) return;
  const rows = works.map((work, n) => ({ n, ...columns(work), state: settled ? 'normal' : 'open' }));
  const { rows: made } = await sql<{ id: number; n: number }>`
    with given as (
      select nextval(pg_get_serial_sequence('warning', 'id')) as id, r.* from json_to_recordset(${JSON.stringify(rows)}::json)
        as r(n int, object_id int, item_code text, place int, scenario int, state text, level int, peak_level int, reason text,
          opened_at float8, changed_at float8, normal_at float8, replay_session_id int, simulated boolean)
    ), made as (
      insert into warning (id, object_id, item_code, place, scenario, state, level, peak_level, reason, opened_at, changed_at,
        normal_at, replay_session_id, simulated)
      overriding system value
      select id, object_id, item_code, place, scenario, state, level, peak_level, reason, to_timestamp(opened_at / 1000.0),
        to_timestamp(changed_at / 1000.0), to_timestamp(normal_at / 1000.0), replay_session_id, simulated from given
      returning id
    ) select given.id, given.n from given join made using (id)`.execute(tx);
  for (const { id, n } of made) {
    const work = works[n];
    if (work) work.id = id;
  }
}

async function update(tx: Tx, works: readonly Work[]): Promise<void> {
  const changed = works.filter((work) => work.draft.changes.length > 0);
  if (changed.length === 0) return;
  const rows = changed.map((work) => ({ id: work.id, ...columns(work) }));
  await sql`update warning w set level = r.level, peak_level = r.peak_level, reason = r.reason,
      changed_at = to_timestamp(r.changed_at / 1000.0), normal_at = to_timestamp(r.normal_at / 1000.0),
      state = case when r.level = 0 then 'normal' else 'open' end
    from json_to_recordset(${JSON.stringify(rows)}::json)
      as r(id bigint, level int, peak_level int, reason text, changed_at float8, normal_at float8)
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
      ...change,
    })),
  );
  if (rows.length === 0) return;
  await sql`insert into warning_change (warning_id, place, scenario, at, change, from_level, to_level, reason)
    select warning_id, place, scenario, to_timestamp(at / 1000.0), change, "fromLevel", "toLevel", reason
    from json_to_recordset(${JSON.stringify(rows)}::json)
      as r(warning_id bigint, place int, scenario int, at float8, change text, "fromLevel" int, "toLevel" int, reason text)`.execute(
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
