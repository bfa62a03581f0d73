// What a restless sensor asks for, rehearsed on what it really measured before anybody takes it.
import type { RehearsalResult, StandardDraftDetail } from '#contract/standard';
import type { AlarmProposal } from '#contract/warning';
import type { RequestContext } from '#services/context';
import { claimRehearsal, rehearse } from '#services/monitoring';
import { reportPoint } from '#services/operations';
import { getDraft, rehearseSign, withdrawWithin } from '#services/standard';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { MINUTE, START, Station } from '../../monitoring/testing.ts';
import { createProposal } from './create-proposal.ts';
import {
  getProposal,
  mendByProposal,
  rehearseProposal,
  rejectProposal,
  takeProposal,
} from './decide-proposal.ts';
import { getActor } from './get-actor.ts';

const SIGN = 'FLOOD.S02A';
const ASKED = { point: 'w.1', sign: SIGN, last: '24h' } as const;
const TOOLS = { rehearse: rehearseSign, report: reportPoint, withdraw: withdrawWithin };

let station: Station;
let point: number;
beforeAll(async () => {
  station = await Station.open();
  await sql`insert into account (id, username, name, password_hash) overriding system value values (1, 'admin', '业务管理员', '-')`.execute(
    station.db.storage.system,
  );
  point = await station.point('w.1', 'FLOOD.WIND_AVG');
  await station.point('w.2', 'FLOOD.WIND_AVG');
  await swing();
}, 120_000);
beforeEach(async () => {
  await sql`truncate performance_proposal, rehearsal, standard_draft, fault, fault_entry, quality_finding, work_order, warning cascade`.execute(
    station.db.storage.system,
  );
});
afterAll(() => station.close());

/** Minute by minute from `from`. */
async function blow(from: number, values: readonly number[]): Promise<void> {
  for (const [i, value] of values.entries()) {
    await station.moveTo(START + (from + i) * MINUTE);
    await station.send(point, [[station.now, value]]);
  }
  await station.desk.ingest.tick();
}

const minutes = (n: number, value: number): readonly number[] => Array.from({ length: n }, () => value);

/** Wind that swings about 10.8 m/s (blue, dead-band 0.54, ten minutes to return): six alarms; then a real gale of half an hour. */
async function swing(): Promise<void> {
  for (let n = 0; n < 6; n += 1) await blow(n * 14, [...minutes(2, 11), ...minutes(12, 9.9)]);
  await blow(84, [...minutes(20, 5), ...minutes(30, 18), ...minutes(20, 4)]);
}

/** The gale was a true warning: its order says so. */
async function verdict(): Promise<void> {
  const at = new Date(START + 104 * MINUTE);
  await sql`
    with w as (
      insert into warning (object_id, item_code, place, scenario, state, level, peak_level, reason, opened_at, changed_at, normal_at, simulated)
      select object_id, 'FLOOD.I02', place, 1, 'closed', 0, 2, '大风', ${at}, ${at}, ${at}, false from point where id = ${point} returning *
    )
    insert into work_order (code, warning_id, object_id, item_code, place, scenario, level, loop, state, unit, limit_class, handbook_id, limits,
      standard_version, opened_at, verdict, simulated)
    select 'GD-1', id, object_id, item_code, place, 1, 2, 'small', 'closed', '', 'T-std', freeze_handbook('{}'), '{}', 'x', opened_at, 'true', false from w`.execute(
    station.db.storage.system,
  );
}

const propose = (context: RequestContext = station.request()) => createProposal(context, { body: ASKED });
const act = ({ id }: AlarmProposal) => ({ params: { id }, body: { over: 'object' } as const });

async function runRehearsal(proposal: AlarmProposal): Promise<RehearsalResult> {
  expect(await claimRehearsal(station.db.storage, station.now)).toBe(proposal.rehearsal);
  await rehearse(station.db.storage, proposal.rehearsal ?? 0, () => station.now);
  const row = await station.db.storage.system
    .selectFrom('rehearsal')
    .select('result')
    .where('id', '=', proposal.rehearsal ?? 0)
    .executeTakeFirstOrThrow();
  return row.result as RehearsalResult;
}

function draftOf({ draft }: AlarmProposal): Promise<StandardDraftDetail> {
  return getDraft(station.request(), draft ?? 0);
}

test('a wind that swings about its limit: the dead-band that follows from its own readings', async () => {
  const found = await getActor(station.request(), { query: ASKED });
  expect(found).toMatchObject({ alarms: 7, repeats: 5, unit: 'm/s', mayPropose: true, proposals: [] });
  expect(found.episodes[0]).toMatchObject({ level: 'blue', returned: expect.closeTo(0.9, 6) });
  expect(found.episodes[0]?.excursion).toBeCloseTo(0.2, 6);
  expect(found.proposal).toMatchObject({
    kind: 'raise-deadband',
    change: { field: 'deadband', from: 0.54, to: 0.99 },
  });
});

test('it is rehearsed as a draft on what was measured: fewer alarms, and the real gale is still caught; then it is taken', async () => {
  await verdict();
  const made = await propose();
  expect(made).toMatchObject({ state: 'open', allowedActions: ['rehearse', 'reject'] });
  // Whoever asks again is answered with the one that waits.
  expect((await propose()).id).toBe(made.id);
  const rehearsed = await rehearseProposal(station.request(), act(made), TOOLS);
  expect(rehearsed).toMatchObject({ state: 'rehearsed', allowedActions: ['rehearse', 'take', 'reject'] });
  const draft = await draftOf(rehearsed);
  expect(draft).toMatchObject({ state: 'draft', scenario: 'FLOOD', faults: [] });
  expect(draft.document.signs.find(({ code }) => code === SIGN)).toMatchObject({ deadband: 0.99 });
  await expect(takeProposal(station.request(), act(made))).rejects.toMatchObject({
    code: 'proposal.not-rehearsed',
  });
  const result = await runRehearsal(rehearsed);
  expect(result.signs.find(({ code }) => code === SIGN)).toMatchObject({
    current: { blue: 6, yellow: 1 },
    draft: { blue: 1, yellow: 1 },
  });
  expect(result.incidents).toMatchObject({ known: 1, current: 1, draft: 1 });
  const taken = await takeProposal(station.request(), act(made));
  expect(taken).toMatchObject({ state: 'taken', decided: { by: '技术管理员' }, allowedActions: [] });
  // It goes on as any draft does.
  expect(await draftOf(taken)).toMatchObject({
    state: 'draft',
    allowedActions: expect.arrayContaining(['submit']),
  });
  await expect(
    rejectProposal(station.request(), { ...act(made), body: { why: '后来不要了' } }, TOOLS),
  ).rejects.toMatchObject({ code: 'proposal.illegal-action' });
});

test('rehearsing it again uses the same draft, over the whole scenario where that is asked', async () => {
  const first = await rehearseProposal(station.request(), act(await propose()), TOOLS);
  await runRehearsal(first);
  const again = await rehearseProposal(
    station.request(),
    { ...act(first), body: { over: 'scenario' } },
    TOOLS,
  );
  expect(again.draft).toBe(first.draft);
  expect(again.rehearsal).not.toBe(first.rehearsal);
});

test('whoever does not take it says why, and the draft that was begun for it is withdrawn', async () => {
  const rehearsed = await rehearseProposal(station.request(), act(await propose()), TOOLS);
  const why = '汛期前不动限值';
  const rejected = await rejectProposal(station.request(), { ...act(rehearsed), body: { why } }, TOOLS);
  expect(rejected).toMatchObject({ state: 'rejected', decided: { why }, allowedActions: [] });
  expect(await draftOf(rejected)).toMatchObject({ state: 'withdrawn' });
  const { proposals } = await getActor(station.request(), { query: ASKED });
  expect(proposals).toMatchObject([{ id: rejected.id, state: 'rejected' }]);
  // A new one may follow.
  expect((await propose()).id).not.toBe(rejected.id);
});

test('a sick sensor is mended: a fault is opened once, and the limits are left alone', async () => {
  const { system } = station.db.storage;
  await sql`insert into quality_finding (subject_kind, subject_id, reason, text, point_ids, place, scenario, since, opened_at)
    select 'point', id::text, 'flat', '读数长时间不变', array[id], place, 1, ${new Date(START)}, ${new Date(START)} from point where id = ${point}`.execute(
    system,
  );
  const made = await propose();
  expect(made).toMatchObject({ kind: 'mend-sensor', change: null, allowedActions: ['mend', 'reject'] });
  await expect(rehearseProposal(station.request(), act(made), TOOLS)).rejects.toMatchObject({
    code: 'proposal.illegal-action',
  });
  const taken = await mendByProposal(station.request(), act(made), TOOLS);
  const faults = () =>
    sql<{ code: string; subject: string }>`select code, subject from fault where state <> 'closed'`.execute(
      system,
    );
  expect((await faults()).rows).toEqual([{ code: taken.fault, subject: 'w.1' }]);
  expect(taken).toMatchObject({ state: 'taken' });
  const again = await mendByProposal(station.request(), act(await propose()), TOOLS);
  expect(again.fault).toBe(taken.fault);
  expect((await faults()).rows).toHaveLength(1);
});

test('nothing is proposed where nothing follows; nobody reaches the proposals of others', async () => {
  await expect(createProposal(station.request(), { body: { ...ASKED, point: 'w.2' } })).rejects.toMatchObject(
    { code: 'proposal.nothing' },
  );
  await expect(getActor(station.request(), { query: { ...ASKED, point: 'nowhere' } })).rejects.toMatchObject({
    code: 'record.not-found',
  });
  const made = await propose();
  const elsewhere = () => station.request({ places: [{ from: 500, to: 600 }], scenarios: [] });
  for (const asked of [
    () => getProposal(elsewhere(), act(made)),
    () => takeProposal(elsewhere(), act(made)),
    () => getActor(elsewhere(), { query: ASKED }),
    () => propose(elsewhere()),
  ])
    await expect(asked()).rejects.toMatchObject({ code: 'record.not-found' });
  expect(await getProposal(station.request(), act(made))).toMatchObject({ id: made.id });
});
