import { SystemContext } from '#services/context';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { MINUTE, Station } from '../monitoring/testing.ts';
import { followData } from './follow-data.ts';
import { listFaults } from './list-faults.ts';
import { FaultWatch } from './watch-faults.ts';
import type { HouseFinding } from './watch-house.ts';

let station: Station;
let system: SystemContext;
let watch: FaultWatch;
let since = 0;
const points: number[] = [];
const CODES = ['U1', 'U2', 'U3', 'U4'] as const;

beforeAll(async () => {
  station = await Station.open();
  system = new SystemContext(station.ground);
  for (const code of CODES) {
    points.push(await station.point(code, 'FLOOD.UNDERPASS'));
    await station.device(`D-${code}`, [code], 'hj212');
  }
});
afterAll(() => station.close());
beforeEach(async () => {
  await sql`truncate fault, fault_entry restart identity`.execute(station.db.storage.system);
  await sql`truncate frame_refusal, unmapped_factor, quarantine`.execute(station.db.storage.system);
  await sql`update device set last_seen_at = null`.execute(station.db.storage.system);
  await sql`delete from point_state`.execute(station.db.storage.system);
  watch = new FaultWatch(system);
  since = station.now - 24 * 60 * MINUTE;
});

const look = (findings: readonly HouseFinding[] = []): Promise<void> =>
  watch.look({ findings, listeningSince: since });
const db = () => station.db.storage.system;

/** Devices speak, `ago` minutes before now. */
async function speak(codes: readonly string[], ago = 0): Promise<void> {
  await sql`update device set last_seen_at = ${new Date(station.now - ago * MINUTE)}
    where code = any(${codes.map((code) => `D-${code}`)})`.execute(db());
}

async function faults(): Promise<readonly string[]> {
  const { items } = await listFaults(station.request(), { query: { limit: 50 } });
  return items
    .map(({ kind, subject, state, returned }) => `${kind} ${subject.key} ${state} ${returned}`)
    .toSorted();
}

async function summaries(): Promise<readonly string[]> {
  const { items } = await listFaults(station.request(), { query: { limit: 50 } });
  return items.map(({ summary }) => summary);
}

async function count(table: string, where = sql`true`): Promise<number> {
  const { rows } = await sql<{
    n: number;
  }>`select count(*) as n from ${sql.table(table)} where ${where}`.execute(db());
  return rows[0]?.n ?? 0;
}

test('a gauge falls silent: one fault, however often the watch looks; it speaks again and the fault has recovered', async () => {
  await speak(CODES);
  await look();
  expect(await faults()).toEqual([]);
  await speak(['U1'], 60);
  await look();
  await look();
  expect(await faults()).toEqual(['device-silent hj212/D-U1 open 0']);
  const [fault] = (await listFaults(station.request(), { query: { limit: 5 } })).items;
  expect(fault).toMatchObject({
    foundBy: 'rule',
    subject: { name: 'D-U1 对象 U1' },
    scenarios: ['FLOOD'],
    dueAt: station.now + 72 * 60 * MINUTE,
    overdue: false,
  });
  await speak(['U1']);
  await look();
  await look();
  expect(await faults()).toEqual(['device-silent hj212/D-U1 resolved 0']);
});

test('it falls silent again before anybody closed it: the same fault, reopened; after it was closed, a new one', async () => {
  await speak(CODES);
  await speak(['U1'], 60);
  await look();
  await speak(['U1']);
  await look();
  await speak(['U1'], 60);
  await look();
  expect(await faults()).toEqual(['device-silent hj212/D-U1 reopened 1']);
  const { rows } = await sql<{ kinds: string[] }>`
    select array_agg(kind order by id) as kinds from fault_entry`.execute(db());
  expect(rows[0]?.kinds).toEqual(['opened', 'resolve', 'reopen']);
  await sql`update fault set state = 'closed'`.execute(db());
  await look();
  expect(await faults()).toEqual(['device-silent hj212/D-U1 closed 1', 'device-silent hj212/D-U1 open 0']);
});

test('a gauge out of service may be silent, and is waited for again from the end of its service on; a fault from before stays', async () => {
  await speak(CODES);
  await speak(['U1', 'U2'], 60);
  await sql`insert into service_window (kind, device_id, place, scenario, from_at, to_at, reason, made_by, made_at)
    select 'maintenance', id, place, scenarios[1], ${new Date(station.now - 30 * MINUTE)}, ${new Date(station.now + 10 * MINUTE)},
      '清淤', '张三', now() from device where code = 'D-U1'`.execute(db());
  await look();
  expect(await faults()).toEqual(['device-silent hj212/D-U2 open 0']);
  await sql`update service_window set to_at = ${new Date(station.now - MINUTE)}`.execute(db());
  await look();
  expect(await faults()).toEqual(['device-silent hj212/D-U2 open 0']);
  await sql`update service_window set from_at = from_at - interval '1 hour', to_at = to_at - interval '40 minutes'`.execute(
    db(),
  );
  await look();
  expect(await faults()).toEqual(['device-silent hj212/D-U1 open 0', 'device-silent hj212/D-U2 open 0']);
  await sql`update service_window set to_at = ${new Date(station.now + 10 * MINUTE)}`.execute(db());
  await look();
  expect(await faults()).toEqual(['device-silent hj212/D-U1 open 0', 'device-silent hj212/D-U2 open 0']);
  await sql`delete from service_window`.execute(db());
});

test('a whole line goes quiet: one fault, not one a device; and who was silent before stays as it was', async () => {
  await speak(CODES);
  await speak(['U1'], 60);
  await look();
  await speak(CODES, 60);
  await look();
  expect(await faults()).toEqual(['device-silent hj212/D-U1 open 0', 'line-silent hj212 open 0']);
  await speak(['U2', 'U3', 'U4']);
  await look();
  expect(await faults()).toEqual(['device-silent hj212/D-U1 open 0', 'line-silent hj212 resolved 0']);
});

test('we were away ourselves: nobody is silent until three of its periods have passed since', async () => {
  await speak(CODES, 600);
  since = station.now - MINUTE;
  await look();
  expect(await faults()).toEqual([]);
  since = station.now - 120 * MINUTE;
  await look();
  expect(await faults()).toEqual(['line-silent hj212 open 0']);
});

test('a device that was never heard is not yet there, and one that replays has a clock of its own', async () => {
  await speak(['U2', 'U3']);
  await speak(['U4'], 600);
  await sql`with opened as (insert into replay_session (name, state, opened_at) values ('回放', 'running', now()) returning id)
    update device set replay_session_id = opened.id from opened where code = 'D-U4'`.execute(db());
  await look();
  expect(await faults()).toEqual([]);
  await sql`update device set replay_session_id = null`.execute(db());
});

test('frames are refused one after the other: a fault at the device, with the reason; spoiled single ones are none', async () => {
  await speak(CODES);
  const refuse = (code: string, reason: string, n: number) =>
    sql`insert into frame_refusal values ('hj212', ${code}, ${reason}, ${n}, now())
      on conflict (protocol, device_code, reason) do update set count = frame_refusal.count + excluded.count`.execute(
      db(),
    );
  const take = (n: number) =>
    sql`update device set frames_accepted = frames_accepted + ${n}::int`.execute(db());
  await refuse('D-U1', 'crc', 1);
  await look();
  await refuse('D-U1', 'crc', 40);
  await refuse('D-U2', 'crc', 10);
  await refuse('', 'noise', 30);
  await take(50);
  await look();
  expect(await faults()).toEqual(['frames-refused hj212/D-U1 open 0']);
  // Not yet a whole window of good frames: what stands, stands.
  await take(1000);
  await look();
  expect(await faults()).toEqual(['frames-refused hj212/D-U1 open 0']);
  for (let n = 0; n < 11; n += 1) {
    await take(100);
    await look();
  }
  expect(await faults()).toEqual(['frames-refused hj212/D-U1 resolved 0']);
});

test('a factor nobody bound and a stranger nobody adopted wait for the desk', async () => {
  await speak(CODES);
  const now = new Date(station.now);
  await sql`insert into unmapped_factor values ('hj212', 'D-U1', 'w00001', 3, ${now}), ('hj212', 'D-U1', 'f0', 3, ${now})`.execute(
    db(),
  );
  const earlier = new Date(station.now - 120 * MINUTE);
  await sql`insert into quarantine (protocol, code, address, sample, first_seen_at, last_seen_at, frames)
    values ('hj212', 'X1', '', '', ${earlier}, ${now}, 1), ('hj212', 'X2', '', '', ${now}, ${now}, 1)`.execute(
    db(),
  );
  await look();
  expect(await faults()).toEqual(['factor-unmapped hj212/D-U1 open 0', 'stranger-waiting hj212 open 0']);
  await sql`truncate unmapped_factor, quarantine`.execute(db());
  await look();
  expect(await faults()).toEqual([
    'factor-unmapped hj212/D-U1 resolved 0',
    'stranger-waiting hj212 resolved 0',
  ]);
});

test('a clock an hour ahead is a fault; a device that then says nothing has not mended it', async () => {
  await speak(CODES);
  const [point = 0] = points;
  await station.send(
    point,
    [1, 2, 3].map((n) => [station.now + 60 * MINUTE + n, 0.1]),
  );
  await look();
  expect(await faults()).toEqual(['clock-wrong hj212/D-U1 open 0']);
  await station.moveTo(station.now + 10 * MINUTE);
  await speak(CODES);
  await look();
  expect(await faults()).toEqual(['clock-wrong hj212/D-U1 open 0']);
  await station.send(point, [[station.now, 0.1]]);
  await look();
  expect(await faults()).toEqual(['clock-wrong hj212/D-U1 resolved 0']);
});

test('a clock that keeps Greenwich time is a fault, for nothing it says reaches a sign; a night that is sent afterwards is none', async () => {
  const [point = 0, other = 0] = points;
  for (let minute = 0; minute < 4; minute += 1) {
    await station.moveTo(station.now + MINUTE);
    await speak(CODES);
    await station.send(point, [[station.now - 8 * 60 * MINUTE, 40]]);
    await station.send(other, [[station.now - (480 - 90 * minute) * MINUTE, 0.1]]);
    await look();
  }
  expect(await faults()).toEqual(['clock-wrong hj212/D-U1 open 0']);
  expect(await summaries()).toEqual([expect.stringContaining('一直落后约 8 小时')]);
  expect(await station.alarms(point, 0)).toEqual([]);
  await station.moveTo(station.now + 3 * MINUTE);
  await station.send(point, [[station.now, 0.1]]);
  await look();
  expect(await faults()).toEqual(['clock-wrong hj212/D-U1 resolved 0']);
});

test('the house itself: the disk fills, and is roomy again', async () => {
  await speak(CODES);
  await look([{ kind: 'disk-filling', process: '数据磁盘', summary: '只剩 3 GiB' }]);
  expect(await faults()).toEqual(['disk-filling 数据磁盘 open 0']);
  await look();
  expect(await faults()).toEqual(['disk-filling 数据磁盘 resolved 0']);
});

test('poor data: one fault for all its reasons, recovered when the last of them is gone', async () => {
  const tell = (type: string, reason: string) =>
    system.transaction((tx) =>
      followData(
        tx,
        [
          {
            type,
            at: station.now,
            payload: { id: 1, subjectKind: 'point', subjectId: 'U1', reason, text: `数据${reason}` },
          },
        ],
        station.now,
      ),
    );
  await tell('data.poor', 'flat');
  await tell('data.poor', 'flat');
  await tell('data.poor', 'jump');
  await tell('data.restored', 'flat');
  expect(await faults()).toEqual(['data-poor U1 open 0']);
  await tell('data.restored', 'jump');
  await tell('data.restored', 'jump');
  expect(await faults()).toEqual(['data-poor U1 resolved 0']);
  await tell('data.poor', 'gaps');
  expect(await faults()).toEqual(['data-poor U1 reopened 1']);
});

test('every change of a rule is in the audit and told once', async () => {
  await sql`truncate outbox`.execute(db());
  const before = await count('audit', sql`actor = 'rule:fault.device-silent'`);
  await speak(CODES);
  await speak(['U1'], 60);
  await look();
  await speak(['U1']);
  await look();
  await look();
  expect(await count('audit', sql`actor = 'rule:fault.device-silent'`)).toBe(before + 2);
  expect(await count('outbox', sql`type = 'fault.opened' and scenario = 1`)).toBe(1);
  expect(await count('outbox', sql`type = 'fault.changed'`)).toBe(1);
});

test('what is out of service for a week without a review is a fault; it recovers when somebody has looked, or puts it back', async () => {
  const DAY = 24 * 60 * MINUTE;
  const place = { place: 121_000, scenario: 1 };
  const window = (kind: string, from: number, to: number | null, reviewed: number | null = null) =>
    sql`
    insert into service_window (kind, point_id, place, scenario, from_at, to_at, reason, owner, made_by, made_at, reviewed_by, reviewed_at)
    values (${kind}, ${points[kind === 'out-of-service' && reviewed !== null ? 1 : 0]}, ${place.place}, ${place.scenario}, ${new Date(from)},
      ${to === null ? null : new Date(to)}, '等新探头', '养护公司', '张三', now(), ${reviewed === null ? null : '李四'},
      ${reviewed === null ? null : new Date(reviewed)})`.execute(db());
  const { now } = station;
  await window('out-of-service', now - 8 * DAY, null);
  await window('out-of-service', now - 20 * DAY, now + DAY, now - 2 * DAY);
  await window('maintenance', now - 7 * DAY, now);
  const reviews = async () => (await faults()).filter((one) => one.startsWith('service-unreviewed'));
  await look();
  await look();
  expect(await reviews()).toEqual(['service-unreviewed U1 open 0']);
  expect(await summaries()).toContain('U1 停用（等新探头）已 8 天没有复核，由养护公司负责。请复核或恢复使用');
  await sql`update service_window set reviewed_at = ${new Date(now)}, reviewed_by = '李四' where to_at is null`.execute(
    db(),
  );
  await look();
  expect(await reviews()).toEqual(['service-unreviewed U1 resolved 0']);
  await sql`update service_window set reviewed_at = ${new Date(now - 9 * DAY)}`.execute(db());
  await look();
  expect(await reviews()).toEqual(['service-unreviewed U1 reopened 1', 'service-unreviewed U2 open 0']);
  await sql`update service_window set to_at = ${new Date(now)} where kind = 'out-of-service'`.execute(db());
  await look();
  expect(await reviews()).toEqual(['service-unreviewed U1 resolved 1', 'service-unreviewed U2 resolved 0']);
  await sql`delete from service_window`.execute(db());
});
