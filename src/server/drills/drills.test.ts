// The gas drill from its start to its score, by the whole chain, with a clock that the test moves.
import { beijingMonth } from '#base';
import { getMonth } from '#services/report';
import { endReplaySession, listReplaySessions } from '#services/monitoring';
import {
  abortDrill,
  advanceIncident,
  advanceWorkOrder,
  answerInject,
  assessDrill,
  getDrill,
  listDrills,
  listIncidents,
  listWaitingInjects,
  planDrill,
  startDrill,
} from '#services/response';
import { acknowledgeWarning, getPerformance, listWarnings } from '#services/warning';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { DrillRoom } from './testing.ts';

const WAIT_MS = 240_000;
let room: DrillRoom;
beforeEach(async () => {
  room = await DrillRoom.open();
}, WAIT_MS);
afterEach(() => room.station.close());

const rows = async (what: string): Promise<readonly Record<string, unknown>[]> =>
  (await sql.raw<Record<string, unknown>>(`select ${what}`).execute(room.station.db.storage.system)).rows;

/** Every figure that is told of real operation, and of recordings. */
async function statistics(month: string): Promise<unknown> {
  const context = () => room.as('district');
  const live = await getMonth(context(), { query: { rows: 'live', month } });
  const replay = await getMonth(context(), { query: { rows: 'replay', month } });
  // Which thirty days they are moves on with the clock.
  const { from: _from, until: _until, ...performance } = await getPerformance(context(), { query: {} });
  return {
    live: { ...live, readings: { ...live.readings, completeness: 0, expected: 0, byScenario: [] } },
    warnings: replay.warnings,
    orders: replay.orders,
    replayed: { received: replay.readings.received, suspect: replay.readings.suspect },
    performance,
  };
}

test(
  'a gas drill from its start to its score: on time is worth all, late half, missed nothing',
  async () => {
    expect(room.faults).toEqual([]);
    expect(room.book.scripts.map(({ code }) => code)).toEqual(['gas-leak', 'riverside-crowd', 'typhoon']);
    // A drill may go on over the end of a month.
    const month = beijingMonth(room.station.now);
    const before = await statistics(month);
    const id = await room.start('gas-leak');
    await room.pass(3);
    const pipe = await room.order('管道');
    const { items: warnings } = await listWarnings(room.as('district'), { query: { limit: 10 } });
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatchObject({ level: 'orange', simulated: true });
    expect(warnings[0]?.object.name).toBe('【演练】小学门外中压燃气管道');
    await acknowledgeWarning(room.as('district'), { params: { id: warnings[0]?.id ?? 0 } });
    await advanceWorkOrder(room.as('gas.handler'), pipe, { action: 'accept' });
    await room.pass(9);
    // Of the seat the words are for, and of nobody else.
    expect((await listWaitingInjects(room.as('town'))).items).toEqual([]);
    const [inject] = (await listWaitingInjects(room.as('gas.admin'))).items;
    expect(inject).toMatchObject({ drill: id, toText: '业务管理员' });
    const act = inject?.id ?? 0;
    await expect(answerInject(room.as('town'), act, { answer: '不是我' })).rejects.toMatchObject({
      code: 'drill.not-yours',
    });
    await answerInject(room.as('gas.admin'), act, { answer: '疏散到南侧体育场，由派出所带队' });
    await expect(answerInject(room.as('gas.admin'), act, { answer: '再答' })).rejects.toMatchObject({
      code: 'drill.illegal-action',
    });
    // The pipe has become red, which makes an incident: somebody signs for it.
    const [incident] = (await listIncidents(room.as('district'), { limit: 10, state: 'open' })).items;
    await advanceIncident(room.as('district'), incident?.id ?? 0, { action: 'take' });
    await room.pass(16);
    const [late] = (await listWaitingInjects(room.as('town'))).items;
    await answerInject(room.as('town'), late?.id ?? 0, { answer: '家长引导到东门登记' });
    await room.pass(16);
    await advanceWorkOrder(room.as('gas.handler'), pipe, { action: 'arrive' });
    expect(await room.drill(id)).toMatchObject({ state: 'running' });
    await room.pass(17);

    const done = await room.drill(id);
    expect(done).toMatchObject({ state: 'ended', stateText: '待复盘' });
    expect(done.lines.map(({ text, outcome, given }) => [text, outcome, given])).toEqual([
      ['管道预警 5 分钟内签收', 'kept', 10],
      ['管道工单按时接单', 'kept', 15],
      ['管道工单按时到场', 'late', 7.5],
      ['管道工单按时首次反馈', 'missed', 0],
      ['食堂工单按时接单', 'missed', 0],
      ['食堂工单按时到场', 'missed', 0],
      ['10 分钟内答复师生疏散', 'kept', 15],
      ['10 分钟内答复家长告知', 'late', 5],
      ['10 分钟内有人签字接手事件', 'kept', 5],
      ['管道险情按时书面报区总平台', 'missed', 0],
    ]);
    expect(done.score).toBe(57.5);
    expect(done.lines[1]).toMatchObject({
      order: pipe,
      found: expect.stringMatching(/完成，时限/u) as string,
    });
    // Nothing of it stays open, and nobody is chased.
    await room.pass(1);
    expect(await rows(`count(*)::int as n from work_order where state <> 'closed'`)).toEqual([{ n: 0 }]);
    expect(await rows(`count(*)::int as n from deadline where next_at is not null`)).toEqual([{ n: 0 }]);
    expect(await rows(`count(*)::int as n from warning where state <> 'closed'`)).toEqual([{ n: 0 }]);
    expect(await rows(`count(*)::int as n from replay_session where state = 'running'`)).toEqual([{ n: 0 }]);
    expect(await rows(`count(*)::int as n from drill_act where fired_at is null`)).toEqual([{ n: 0 }]);
    expect(await statistics(month)).toEqual(before);
    // What the script told is called so, in the month and reading by reading, and is no recording's.
    const { readings } = await getMonth(room.as('district'), { query: { rows: 'replay', month } });
    expect(readings.scripted).toBeGreaterThan(0);
    expect(await rows('distinct source from reading')).toEqual([{ source: 20 }]);

    await assessDrill(room.as('gas.admin'), id, {
      review: '到场偏慢，食堂工单没有人接，须明确学校一侧的责任单位。',
    });
    expect(await room.drill(id)).toMatchObject({ state: 'assessed', score: 57.5, assessedBy: '燃气管理员' });
    await expect(abortDrill(room.as('gas.admin'), id, { reason: '误操作' })).rejects.toMatchObject({
      code: 'drill.illegal-action',
    });
  },
  WAIT_MS,
);

test(
  'a drill goes on where a process was killed, each act once, and one scenario runs one at a time',
  async () => {
    const id = await room.start('gas-leak');
    const second = await planDrill(room.as('gas.admin'), room.book, { script: 'gas-leak' });
    await expect(startDrill(room.as('gas.admin'), second.id)).rejects.toMatchObject({
      code: 'drill.running-already',
    });
    await room.pass(3);
    const pipe = await room.order('管道');
    await advanceWorkOrder(room.as('gas.handler'), pipe, { action: 'accept' });
    // Away from the fourth minute to the ninth: the pipe is dug off and the canteen leaks meanwhile.
    await room.station.crash(5 * 60_000);
    await room.station.moveTo(room.station.now);
    await room.pass(3);
    const drill = await room.drill(id);
    expect(drill.acts.filter(({ firedAt }) => firedAt !== null)).toHaveLength(6);
    expect(drill.orders.map(({ object }) => object)).toHaveLength(2);
    expect(await room.order('管道')).toBe(pipe);
    expect(await rows(`level::int from work_order where id = ${pipe}`)).toEqual([{ level: 4 }]);
    expect(await rows(`count(*)::int as n from warning`)).toEqual([{ n: 2 }]);
    // A session is a drill's, and ends with it only.
    const { items } = await listReplaySessions(room.as('district'), { query: { limit: 10 } });
    expect(items).toMatchObject([{ kind: 'drill', name: '学校周边燃气泄漏', state: 'running' }]);
    const { desk, db } = room.station;
    await expect(
      endReplaySession(
        room.station.request(),
        { desk, storage: db.storage, poke: () => undefined },
        items[0]?.id ?? 0,
      ),
    ).rejects.toMatchObject({ code: 'record.not-found' });
    await abortDrill(room.as('gas.admin'), id, { reason: '人员另有任务' });
    await room.pass(1);
    expect(await room.drill(id)).toMatchObject({ state: 'aborted', abortedBy: '燃气管理员' });
    expect(await rows(`count(*)::int as n from work_order where state <> 'closed'`)).toEqual([{ n: 0 }]);
    expect(await rows(`count(*)::int as n from warning where state <> 'closed'`)).toEqual([{ n: 0 }]);
    await startDrill(room.as('gas.admin'), second.id);
  },
  WAIT_MS,
);

test(
  'a real red warning ends a drill with the reason, a red of the drill does not, and a platform may set it otherwise',
  async () => {
    const id = await room.start('gas-leak');
    await room.pass(8);
    // The drill’s own red stands.
    expect(await rows(`max(level)::int as n from warning`)).toEqual([{ n: 4 }]);
    expect(await room.drill(id)).toMatchObject({ state: 'running' });
    const point = await room.station.point('real', 'FLOOD.UNDERPASS');
    const set = async (value: string) =>
      sql`insert into platform_setting (platform_id, key, value, place, set_by, set_at)
        select id, 'drill.stops-on-red', ${JSON.stringify(value)}::jsonb, place, 'test', now() from platform where code = 'PD'
        on conflict (platform_id, key) do update set value = excluded.value`.execute(
        room.station.db.storage.system,
      );
    await set('no');
    await room.station.send(point, [[room.station.now, 45]]);
    await room.round();
    expect(await room.drill(id)).toMatchObject({ state: 'running' });
    await set('yes');
    const other = await room.station.point('real-too', 'FLOOD.UNDERPASS');
    await room.station.send(other, [[room.station.now, 60]]);
    await room.round();
    await room.pass(1);
    const drill = await room.drill(id);
    expect(drill).toMatchObject({ state: 'aborted', abortedBy: null });
    expect(drill.abortReason).toMatch(/^发生真实红色预警（预警 \d+.*），演练自动中止$/u);
    // What is real goes on.
    expect(await rows(`count(*)::int as n from work_order where state <> 'closed'`)).toEqual([{ n: 2 }]);
    expect(
      await rows(`count(*)::int as n from warning where state = 'open' and replay_session_id is null`),
    ).toEqual([{ n: 2 }]);
  },
  WAIT_MS,
);

test('a drill is seen where it is, and run by who may run drills of its scenario', async () => {
  const { id } = await planDrill(room.as('gas.admin'), room.book, { script: 'gas-leak' });
  await expect(planDrill(room.as('met.admin'), room.book, { script: 'gas-leak' })).rejects.toMatchObject({
    code: 'access.denied',
  });
  await expect(planDrill(room.as('gas.handler'), room.book, { script: 'gas-leak' })).rejects.toMatchObject({
    code: 'access.denied',
  });
  expect((await listDrills(room.as('met.admin'), { limit: 10 })).items).toEqual([]);
  await expect(getDrill(room.as('met.admin'), id)).rejects.toMatchObject({ code: 'record.not-found' });
  expect((await listDrills(room.as('gas.handler'), { limit: 10 })).items).toMatchObject([
    { id, state: 'planned', mayRun: false },
  ]);
  expect(await getDrill(room.as('town'), id)).toMatchObject({ score: null, orders: [], session: null });
});
