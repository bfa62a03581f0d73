// What orders oblige to, with exact moments: nobody types them, nothing is asked twice, a flood is a few statements.
import type { Event } from '#bus';
import { SELF_TEST_PLACE } from '#model/platform';
import { type KyselyPlugin, sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { oweReports, runReportDuties } from '../index.ts';
import { MINUTE, november as at, openReportHouse, type ReportHouse } from './testing.ts';

let house: ReportHouse;
beforeEach(async () => {
  house = await openReportHouse();
});
afterEach(() => house.db.drop());

const NIGHT = at(20, 2, 14);

const owe = (...events: readonly Event[]): Promise<void> =>
  house.system.transaction((tx) => oweReports(tx, events, house.now));

interface DutyRow {
  readonly rule: string;
  readonly kind: string;
  readonly n: number;
  readonly sender: string;
  readonly recipient: string;
  readonly channel: string;
  readonly due_at: number;
  readonly stopped: boolean;
}

async function duties(): Promise<readonly DutyRow[]> {
  const { rows } =
    await sql<DutyRow>`select d.rule, d.kind, d.n, p.code as sender, d.recipient, d.channel, d.due_at,
      d.stopped_at is not null as stopped
    from report_duty d join platform p on p.id = d.platform_id order by d.due_at, d.rule, d.kind`.execute(
      house.db.storage.system,
    );
  return rows;
}
const asked = async () =>
  (await duties()).map(({ rule, kind, n, due_at: due }) => [rule, `${kind} ${n}`, (due - NIGHT) / MINUTE]);

test('a red order at 02:14: the district within five minutes, its leader within fifteen, written within an hour and then every hour', async () => {
  house.now = NIGHT;
  const order = await house.order({ level: 'red', at: NIGHT });
  await owe(house.raised(order, 'red', NIGHT));
  expect(await duties()).toEqual([
    {
      rule: 'BS.R01',
      kind: 'first',
      n: 1,
      sender: 'FLOOD',
      recipient: 'district',
      channel: 'platform',
      due_at: at(20, 2, 19),
      stopped: false,
    },
    {
      rule: 'BS.R02',
      kind: 'first',
      n: 1,
      sender: 'PD',
      recipient: 'leader',
      channel: 'phone',
      due_at: at(20, 2, 29),
      stopped: false,
    },
    {
      rule: 'BS.R03',
      kind: 'first',
      n: 1,
      sender: 'FLOOD',
      recipient: 'district',
      channel: 'written',
      due_at: at(20, 3, 14),
      stopped: false,
    },
    {
      rule: 'BS.R03',
      kind: 'update',
      n: 1,
      sender: 'FLOOD',
      recipient: 'district',
      channel: 'written',
      due_at: at(20, 4, 14),
      stopped: false,
    },
  ]);
  // Told twice it does nothing the second time.
  await owe(house.raised(order, 'red', NIGHT));
  expect(await duties()).toHaveLength(4);
  const due = await house.announced('incident-report.due');
  expect(due.map(({ platformCode, count, text }) => [platformCode, count, text])).toEqual([
    ['FLOOD', 3, '平台报区总平台值班，时限 11月20日 02:19：下立交 下立交积水红色预警 等 3 项'],
    ['PD', 1, '电话报区领导，时限 11月20日 02:29：下立交 下立交积水红色预警'],
  ]);
});

test('an orange order that rises to red owes what red asks for from the moment it rose, in the same matter', async () => {
  house.now = NIGHT;
  const order = await house.order({ level: 'orange', at: NIGHT });
  await owe(house.raised(order, 'orange', NIGHT));
  expect(await asked()).toEqual([
    ['BS.R04', 'first 1', 10],
    ['BS.R05', 'first 1', 30],
    ['BS.R06', 'first 1', 120],
  ]);
  await owe(
    house.advanced(order, { action: 'upgrade', level: 'red', state: 'accepted', at: NIGHT + 20 * MINUTE }),
  );
  expect((await asked()).filter(([rule]) => String(rule) < 'BS.R04')).toEqual([
    ['BS.R01', 'first 1', 25],
    ['BS.R02', 'first 1', 35],
    ['BS.R03', 'first 1', 80],
    ['BS.R03', 'update 1', 140],
  ]);
  const { rows } = await sql`select title, trigger from report_matter`.execute(house.db.storage.system);
  expect(rows).toEqual([{ title: '下立交 下立交积水红色预警', trigger: 'red-warning' }]);
});

test('the series goes on by the clock, also over the hours in which nobody was there to ask; whoever let one pass is told once', async () => {
  house.now = NIGHT;
  const order = await house.order({ level: 'red', at: NIGHT });
  await owe(house.raised(order, 'red', NIGHT));
  // The process was away from 02:14 until a minute past midnight of the next day.
  house.now = at(21, 0, 1);
  await runReportDuties(house.system);
  const series = (await duties()).filter(({ kind }) => kind === 'update');
  expect(series).toHaveLength(21);
  expect(series.map(({ n }) => n)).toEqual(Array.from({ length: 21 }, (_, i) => i + 1));
  expect(series.at(-1)?.due_at).toBe(at(21, 0, 14));
  expect(await runReportDuties(house.system)).toBe(0);
  const late = await house.announced('incident-report.late');
  expect(late.reduce((sum, { count }) => sum + Number(count), 0)).toBe(23);
});

test('closed: what would fall due later is no longer asked for, the last report is, within a day; reopened it goes on', async () => {
  house.now = NIGHT;
  const order = await house.order({ level: 'red', at: NIGHT });
  await owe(house.raised(order, 'red', NIGHT));
  const closedAt = NIGHT + 90 * MINUTE;
  house.now = closedAt;
  await owe(house.advanced(order, { action: 'close', level: 'red', state: 'closed', at: closedAt }));
  const stopped = (await duties()).filter((one) => one.stopped).map(({ rule, kind }) => [rule, kind]);
  expect(stopped).toEqual([['BS.R03', 'update']]);
  expect((await duties()).at(-1)).toMatchObject({ kind: 'final', due_at: closedAt + 1440 * MINUTE });
  const again = closedAt + 10 * MINUTE;
  await owe(house.advanced(order, { action: 'reopen', level: 'red', state: 'disposing', at: again }));
  const open = (await duties()).filter((one) => !one.stopped && one.kind !== 'first');
  expect(open).toMatchObject([{ kind: 'update', n: 2, due_at: again + 60 * MINUTE }]);
});

test('an order that goes on in another one asks for no last report', async () => {
  house.now = NIGHT;
  const [order, survivor] = [
    await house.order({ level: 'red', at: NIGHT }),
    await house.order({ level: 'red', at: NIGHT }),
  ];
  await owe(house.raised(order, 'red', NIGHT));
  await sql`update work_order set state = 'closed', merged_into = ${survivor} where id = ${order}`.execute(
    house.db.storage.system,
  );
  await owe(house.advanced(order, { action: 'merge', level: 'red', state: 'closed', at: NIGHT + MINUTE }));
  expect((await duties()).every(({ stopped }) => stopped)).toBe(true);
});

test('a self-test owes nothing; what is simulated is told within the house only; a recording calls nobody', async () => {
  house.now = NIGHT;
  const test_ = await house.order({ level: 'red', at: NIGHT });
  await owe({ ...house.raised(test_, 'red', NIGHT), place: SELF_TEST_PLACE });
  expect(await duties()).toEqual([]);
  const simulated = await house.order({ level: 'red', at: NIGHT, simulated: true });
  await owe(house.raised(simulated, 'red', NIGHT));
  expect((await duties()).map(({ recipient }) => recipient)).toEqual(['district', 'district', 'district']);
  const told = (await house.announced('incident-report.due')).length;
  const replayed = await house.order({ level: 'red', at: NIGHT - 86_400_000, session: 7 });
  await owe(house.raised(replayed, 'red', NIGHT - 86_400_000));
  await runReportDuties(house.system);
  expect(await duties()).toHaveLength(6);
  expect(await house.announced('incident-report.due')).toHaveLength(told);
  expect(await house.announced('incident-report.late')).toEqual([]);
});

test('five thousand orange orders of a flood are fifteen thousand duties in a few dozen statements', async () => {
  house.now = NIGHT;
  const orders = await house.orders(5000, { level: 'orange', at: NIGHT });
  let spent = 0;
  const counting: KyselyPlugin = {
    transformQuery: ({ node }) => {
      spent += 1;
      return node;
    },
    transformResult: ({ result }) => Promise.resolve(result),
  };
  await house.system.transaction((tx) =>
    oweReports(
      tx.withPlugin(counting),
      orders.map((order) => house.raised(order, 'orange', NIGHT)),
      house.now,
    ),
  );
  const { rows } = await sql<{ n: number }>`select count(*) as n from report_duty`.execute(
    house.db.storage.system,
  );
  expect(rows).toEqual([{ n: 15_000 }]);
  expect(spent).toBeGreaterThan(3);
  expect(spent).toBeLessThan(30);
  expect(
    (await house.announced('incident-report.due')).map(({ platformCode, count }) => [platformCode, count]),
  ).toEqual([
    ['FLOOD', 10_000],
    ['PD', 5000],
  ]);
});
