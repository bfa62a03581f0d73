import { AppError } from '#base';
import type { QualityBy, QualityRow, qualityRoutes } from '#contract/monitoring';
import { type QualityCounts, qualityFigures, qualityMarks, SOURCES } from '#model/monitoring';
import { scenarioOf } from '#model/platform';
import { cutPage, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';

import { dayOf } from '../day-figures.ts';
import { expectedReadings } from './expected-readings.ts';

type Query = z.output<typeof qualityRoutes.listQuality.query>;
type Page = z.output<typeof qualityRoutes.listQuality.reply>;

const DAY_MS = 86_400_000;

/** What a row stands for: its key, its name. `p` is the point, `e` its element, `o` its object, `d` its device. */
const GROUPS: Readonly<
  Record<QualityBy, { readonly key: RawBuilder<string>; readonly name: RawBuilder<string> }>
> = {
  scenario: { key: sql`s.code`, name: sql`s.name` },
  town: { key: sql`coalesce(o.town, '')`, name: sql`coalesce(t.name, '未定街镇')` },
  source: { key: sql`e.sensing`, name: sql`e.sensing` },
  line: { key: sql`coalesce(d.protocol, '')`, name: sql`coalesce(d.protocol, '未挂设备')` },
  device: { key: sql`coalesce(d.protocol || '/' || d.code, '')`, name: sql`coalesce(d.code, '未挂设备')` },
  point: { key: sql`p.code`, name: sql`o.name || ' · ' || e.name` },
};

/** Quality of what the caller may see, group by group in the order of their keys, over the last days. Throws `input.invalid`. */
export async function listQuality(
  context: RequestContext,
  { query }: { readonly query: Query },
): Promise<Page> {
  context.authorize('reading.read');
  const now = context.now();
  const to = dayOf(now);
  const from = dayOf(now - (query.days - 1) * DAY_MS);
  const where = sql.join([context.reach('p'), ...narrowed(query)], sql` and `);
  return context.transaction(async (tx) => {
    const keys = await loadKeys(tx, query, where);
    const { page, next } = cutPage(keys, query.limit, ({ key }) => encodeURIComponent(key));
    const chosen: Chosen = { by: query.by, where, keys: page.map(({ key }) => key), from, to, now };
    const counts = Map.groupBy(await loadCounts(tx, chosen), ({ key }) => key);
    const marks = Map.groupBy(await loadMarks(tx, chosen), ({ key }) => key);
    const warnings = new Map((await loadWarnings(tx, chosen)).map(({ key, n }) => [key, n]));
    const items = page.map(({ key, name, points }) =>
      rowOf(
        { key, name: SENSING_TEXT[name] ?? name, points },
        { days: counts.get(key) ?? [], marks: marks.get(key) ?? [], warnings: warnings.get(key) ?? 0 },
      ),
    );
    return { items, next, from, to };
  });
}

const SENSING_TEXT: Readonly<Record<string, string>> = Object.fromEntries(
  SOURCES.map((source, i) => [source, ['物联感知', '大数据分析', '视频智能识别', '社会感知'][i] ?? source]),
);

function narrowed({ scenario, town, search }: Query): readonly RawBuilder<unknown>[] {
  const conditions: RawBuilder<unknown>[] = [];
  if (scenario !== undefined) {
    const found = scenarioOf(scenario);
    if (!found) throw new AppError('input.invalid', { issues: `没有场景“${scenario}”` });
    conditions.push(sql`${found.id}::int2 = any(p.scenarios)`);
  }
  if (town !== undefined) conditions.push(sql`o.town = ${town}`);
  if (search !== undefined)
    conditions.push(sql`strpos(lower(concat_ws(' ', p.code, o.name, e.name, d.code)), lower(${search})) > 0`);
  return conditions;
}

const FROM = sql`point p join element e on e.code = p.element_code join monitored_object o on o.id = p.object_id
  join scenario s on s.id = p.scenarios[1] left join platform t on t.code = o.town left join device d on d.id = p.device_id`;

interface Key {
  readonly key: string;
  readonly name: string;
  readonly points: number;
}

async function loadKeys(
  tx: Tx,
  { by, after, limit }: Query,
  where: RawBuilder<unknown>,
): Promise<readonly Key[]> {
  const { key, name } = GROUPS[by];
  const behind = after === undefined ? sql`true` : sql`${key} collate "C" > ${decodeURIComponent(after)}`;
  const { rows } = await sql<Key>`
    select ${key} as key, min(${name}) as name, count(*) as points from ${FROM}
    where ${where} and ${behind} group by 1 order by ${key} collate "C" limit ${limit + 1}`.execute(tx);
  return rows;
}

interface Chosen {
  readonly by: QualityBy;
  readonly where: RawBuilder<unknown>;
  readonly keys: readonly string[];
  /** Days, both inside. */
  readonly from: string;
  readonly to: string;
  readonly now: number;
}

type DayCounts = QualityCounts & { readonly key: string; readonly day: string };

/** Per key and day. A reading counts as expected where its element has a rhythm; what events tell is received, not expected. */
async function loadCounts(tx: Tx, { by, where, keys, from, to, now }: Chosen): Promise<readonly DayCounts[]> {
  const { key } = GROUPS[by];
  const { rows } = await sql<DayCounts>`
    select ${key} as key, n.day::date::text as day,
      sum(x.expected)::float8 as expected,
      coalesce(sum(least(coalesce(c.received, 0), x.expected)) filter (where x.expected is not null), 0)::float8 as arrived,
      coalesce(sum(c.received), 0)::float8 as received,
      coalesce(sum(c.suspect), 0)::float8 as suspect, coalesce(sum(c.in_time), 0)::float8 as "inTime",
      coalesce(sum(c.online_minutes), 0)::float8 as "onlineMinutes", coalesce(sum(c.required_minutes), 0)::float8 as "requiredMinutes"
    from ${FROM} cross join generate_series(${from}::timestamp, ${to}::timestamp, '1 day') n(day)
      left join point_day c on c.point_id = p.id and c.day = n.day::date
      cross join lateral (select coalesce(c.expected, ${expectedReadings(sql`n.day::date`, now)}) as expected) x
    where ${where} and ${key} = any(${[...keys]}::text[])
      and p.created_at < (n.day + interval '1 day') at time zone 'Asia/Shanghai'
    group by 1, 2 order by 2`.execute(tx);
  return rows;
}

async function loadMarks(
  tx: Tx,
  { by, where, keys, from, to }: Chosen,
): Promise<readonly { readonly key: string; readonly mark: number; readonly n: number }[]> {
  const { key } = GROUPS[by];
  const { rows } = await sql<{ key: string; mark: number; n: number }>`
    select ${key} as key, m.mark, sum(m.count)::float8 as n from ${FROM} join point_day_mark m on m.point_id = p.id
    where ${where} and ${key} = any(${[...keys]}::text[]) and m.day between ${from}::date and ${to}::date
    group by 1, 2 having sum(m.count) > 0 order by 3 desc`.execute(tx);
  return rows;
}

async function loadWarnings(
  tx: Tx,
  { by, where, keys, from }: Chosen,
): Promise<readonly { readonly key: string; readonly n: number }[]> {
  const { key } = GROUPS[by];
  const { rows } = await sql<{ key: string; n: number }>`
    select ${key} as key, count(distinct w.warning_id) as n from ${FROM} join alarm a on a.point_id = p.id
      join warning_evidence w on w.alarm_id = a.id
    where ${where} and ${key} = any(${[...keys]}::text[]) and a.replay_session_id is null
      and a.raised_at >= ${from}::timestamp at time zone 'Asia/Shanghai'
    group by 1`.execute(tx);
  return rows;
}

interface Told {
  readonly days: readonly DayCounts[];
  readonly marks: readonly { readonly mark: number; readonly n: number }[];
  readonly warnings: number;
}

function rowOf({ key, name, points }: Key, { days, marks, warnings }: Told): QualityRow {
  const total = days.reduce(add, NOTHING);
  return {
    key,
    name,
    points,
    expected: total.expected,
    received: total.received,
    suspect: total.suspect,
    inTime: total.inTime,
    figures: qualityFigures(total),
    marks: marks.map(({ mark, n }) => ({ mark: qualityMarks(mark)[0] ?? String(mark), count: n })),
    warnings,
    days: days.map((one) => {
      const { score, grade } = qualityFigures(one);
      return { day: one.day, score, grade };
    }),
  };
}

const NOTHING: QualityCounts = {
  expected: null,
  arrived: 0,
  received: 0,
  suspect: 0,
  inTime: 0,
  onlineMinutes: 0,
  requiredMinutes: 0,
};

const add = (a: QualityCounts, b: QualityCounts): QualityCounts => ({
  expected: a.expected === null ? b.expected : a.expected + (b.expected ?? 0),
  arrived: a.arrived + b.arrived,
  received: a.received + b.received,
  suspect: a.suspect + b.suspect,
  inTime: a.inTime + b.inTime,
  onlineMinutes: a.onlineMinutes + b.onlineMinutes,
  requiredMinutes: a.requiredMinutes + b.requiredMinutes,
});
