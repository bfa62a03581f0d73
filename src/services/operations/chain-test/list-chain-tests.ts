import { AppError } from '#base';
import type { ChainGrid, ChainTest } from '#contract/operations';
import type { ChainStage, ChainTestState } from '#model/operations';
import { type RequestContext, settingsOfScenarios } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { beijingDay } from '../beijing-day.ts';
import { dueAfterMidnight, timeText } from './chain-time.ts';
import { loadChainTests } from './chain-view.ts';

const DAY_MS = 86_400_000;

interface DayRow {
  readonly scenario: number;
  readonly day: string;
  readonly test: number;
  readonly state: ChainTestState;
  readonly brokenStage: ChainStage | null;
  readonly ms: number | null;
  readonly tests: number;
}

interface ScenarioRow {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly brokenSince: number | null;
}

/** The scenarios the caller sees, each with the days of its chain and its newest test. */
export async function listChainTests(
  context: RequestContext,
  { query }: { readonly query: { readonly days: number } },
): Promise<ChainGrid> {
  context.authorize('fault.read');
  const to = beijingDay(context.now());
  const from = beijingDay(context.now() - (query.days - 1) * DAY_MS);
  return context.transaction(async (tx) => {
    const scenarios = await loadScenarios(tx, context);
    const days = Map.groupBy(await loadDays(tx, { from, to }), ({ scenario }) => scenario);
    const newest = await loadNewest(tx);
    const setting = await settingsOfScenarios(tx, ['chain-test.time']);
    return {
      from,
      to,
      scenarios: scenarios.map(({ id, code, name, brokenSince }) => ({
        scenario: code,
        scenarioName: name,
        time: timeText(dueAfterMidnight(setting('chain-test.time', id), id)),
        brokenSince,
        newest: newest.get(code) ?? null,
        days: (days.get(id) ?? []).map(({ day, test, state, brokenStage, ms, tests }) => ({
          day,
          test,
          state,
          brokenStage,
          ms,
          tests,
        })),
      })),
    };
  });
}

/** One chain test. Throws `record.not-found` also for what the caller may not see. */
export async function getChainTest(context: RequestContext, id: number): Promise<ChainTest> {
  context.authorize('fault.read');
  return context.transaction(async (tx) => {
    const [found] = await loadChainTests(tx, sql`where t.id = ${id}::bigint`);
    if (!found) throw new AppError('record.not-found', { what: '链路自检', id: String(id) });
    return found;
  });
}

/** Scenarios whose platform lies in the scope; broken since the first failure after the last success. */
async function loadScenarios(tx: Tx, context: RequestContext): Promise<readonly ScenarioRow[]> {
  const { rows } = await sql<ScenarioRow & { place: number | null }>`
    select s.id, s.code, s.name, p.place,
      (select extract(epoch from min(b.finished_at))::float8 * 1000 from chain_test b
        where b.scenario = s.id and b.state = 'broken' and b.id > coalesce((select max(g.id) from chain_test g
          where g.scenario = s.id and g.state = 'passed'), 0)) as "brokenSince"
    from scenario s join platform p on p.scenario = s.id and p.kind = 'scenario'
    order by s.id`.execute(tx);
  return rows.filter(({ id, place }) => context.actor.rights.mayAt('fault.read', { place, scenario: id }));
}

/** Of each day the last test that told something, else the last. */
async function loadDays(
  tx: Tx,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<readonly DayRow[]> {
  const { rows } = await sql<DayRow>`
    select distinct on (scenario, day) scenario, day::text as day, id as test, state, broken_stage as "brokenStage",
      extract(epoch from finished_at - started_at)::float8 * 1000 as ms, count(*) over (partition by scenario, day) as tests
    from chain_test where day between ${from}::date and ${to}::date
    order by scenario, day, state in ('passed','broken') desc, id desc`.execute(tx);
  return rows;
}

async function loadNewest(tx: Tx): Promise<ReadonlyMap<string, ChainTest>> {
  const tests = await loadChainTests(
    tx,
    sql`where t.id in (select max(n.id) from chain_test n group by n.scenario)`,
  );
  return new Map(tests.map((one) => [one.scenario, one]));
}
