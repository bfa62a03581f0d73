import { CHAIN_STAGE_TEXT, type ChainProtocol, type ChainStage } from '#model/operations';
import { announce, settingsOfScenarios, type SystemContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { beijingDay, startOfDay } from '../beijing-day.ts';
import { districtPlace } from '../find-subject.ts';
import { settleRound } from '../settle-round.ts';
import { dueAfterMidnight } from './chain-time.ts';

/** A test that is to be run now. */
export interface WaitingTest {
  readonly id: number;
  readonly scenario: number;
  readonly scenarioName: string;
  readonly place: number;
  /** How long a stage may take (ms). */
  readonly limitMs: number;
}

/** A stage that was reached, or at which the chain broke. */
export interface FiledStage {
  readonly stage: ChainStage;
  /** Since the stage before was reached. */
  readonly ms: number;
  readonly ok: boolean;
  /** What was found there, or why nothing was. */
  readonly text: string;
}

/** What is sent in a test. */
export interface TestSubject {
  readonly protocol: ChainProtocol;
  readonly element: string;
  readonly sign: string;
  readonly level: number;
  readonly session: number;
}

/**
 * Queues a daily test: of the scenario that is due for the longest and has not had today's. One at a time, so that a server that
 * comes up late does not test all chains at once. Scenarios without a standard in force have no chain.
 */
export async function queueDailyTest(context: SystemContext): Promise<void> {
  const now = context.now();
  const day = beijingDay(now);
  await context.transaction(async (tx) => {
    const { rows } = await sql<{ id: number; place: number }>`
      select s.id, p.place from scenario s join platform p on p.scenario = s.id and p.kind = 'scenario'
      where not exists (select from chain_test t where t.scenario = s.id and t.day = ${day}::date and t.daily)
        and not exists (select from chain_test t where t.scenario = s.id and t.state in ('waiting','running'))
        and exists (select from standard_version v where v.scenario = s.id and v.effective_from <= ${new Date(now)}
          and (v.retired_at is null or v.retired_at > ${new Date(now)}))
      order by s.id`.execute(tx);
    const setting = await settingsOfScenarios(tx, ['chain-test.time']);
    const due = rows
      .map((row) => ({
        ...row,
        at: startOfDay(now) + dueAfterMidnight(setting('chain-test.time', row.id), row.id),
      }))
      .filter(({ at }) => at <= now)
      .toSorted((a, b) => a.at - b.at)[0];
    if (!due) return;
    await tx
      .insertInto('chain_test')
      .values({
        scenario: due.id,
        place: due.place,
        day,
        daily: true,
        requested_by: null,
        requested_at: new Date(now),
        state: 'waiting',
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  });
}

/** Takes the test that waits longest and starts it; undefined when none waits. */
export async function startWaitingTest(context: SystemContext): Promise<WaitingTest | undefined> {
  return context.transaction(async (tx) => {
    const { rows } = await sql<Omit<WaitingTest, 'limitMs'>>`
      update chain_test t set state = 'running', started_at = ${new Date(context.now())}
      from scenario s where s.id = t.scenario and t.id = (select id from chain_test where state = 'waiting' order by id limit 1)
      returning t.id, t.scenario, s.name as "scenarioName", t.place`.execute(tx);
    const [test] = rows;
    if (!test) return undefined;
    await tell(tx, context.now(), test, 'running');
    const setting = await settingsOfScenarios(tx, ['chain-test.limit-seconds']);
    return { ...test, limitMs: Number(setting('chain-test.limit-seconds', test.scenario)) * 1000 };
  });
}

/** Writes down what is sent. */
export async function describeTest(
  context: SystemContext,
  test: WaitingTest,
  { protocol, element, sign, level, session }: TestSubject,
): Promise<void> {
  await context.transaction((tx) =>
    tx
      .updateTable('chain_test')
      .set({ protocol, element_code: element, sign_code: sign, level, replay_session_id: session })
      .where('id', '=', test.id)
      .execute(),
  );
}

/** Writes down a stage. */
export async function fileStage(context: SystemContext, test: WaitingTest, filed: FiledStage): Promise<void> {
  await context.transaction(async (tx) => {
    const { id: chain_test_id, place, scenario } = test;
    await tx
      .insertInto('chain_test_stage')
      .values({ chain_test_id, place, scenario, ...filed })
      .execute();
  });
}

/** How a test ended: broken at a stage, or through. */
export type TestEnd =
  | { readonly state: 'passed' }
  | { readonly state: 'broken'; readonly stage: ChainStage; readonly reason: string }
  | { readonly state: 'interrupted'; readonly reason: string };

/** Ends a test: a chain that is broken is a fault and stands in the duty log; one that works again has recovered. */
export async function finishTest(context: SystemContext, test: WaitingTest, end: TestEnd): Promise<void> {
  const now = context.now();
  await context.transaction(async (tx) => {
    await tx
      .updateTable('chain_test')
      .set({
        state: end.state,
        finished_at: new Date(now),
        broken_stage: end.state === 'broken' ? end.stage : null,
        reason: end.state === 'passed' ? null : end.reason,
      })
      .where('id', '=', test.id)
      .execute();
    await settleChain(tx, now, test, end);
    await tell(tx, now, test, end.state, end.state === 'broken' ? brokenText(test, end) : '');
  });
}

/** Tests of an earlier process that nobody is running any more. */
export async function interruptTests(context: SystemContext): Promise<void> {
  await context.transaction((tx) =>
    sql`update chain_test set state = 'interrupted', finished_at = ${new Date(context.now())}, reason = '服务重新启动，自检没有做完'
      where state = 'running'`.execute(tx),
  );
}

function brokenText({ scenarioName }: WaitingTest, { stage, reason }: { stage: ChainStage; reason: string }) {
  return `${scenarioName} 链路自检断在“${CHAIN_STAGE_TEXT[stage]}”：${reason}`;
}

async function settleChain(tx: Tx, now: number, test: WaitingTest, end: TestEnd): Promise<void> {
  // One that was cut off tells nothing.
  if (end.state === 'interrupted') return;
  const place = (await districtPlace(tx)) ?? test.place;
  const subject = { kind: 'process', key: `链路/${test.scenarioName}` } as const;
  const name = `${test.scenarioName} 预警链路`;
  await settleRound(tx, now, {
    kind: 'chain-broken',
    foundBy: 'rule',
    wrong:
      end.state === 'passed'
        ? []
        : [
            {
              subject,
              name,
              summary: brokenText(test, end),
              place,
              scenarios: [test.scenario],
              simulated: false,
            },
          ],
    isWell: ({ key }) => key === subject.key,
    recovery: '链路自检重新走通',
  });
}

// oxlint-disable-next-line max-params
async function tell(
  tx: Tx,
  at: number,
  { id, scenario, place }: WaitingTest | Omit<WaitingTest, 'limitMs'>,
  state: string,
  text = '',
): Promise<void> {
  await announce(tx, [
    {
      type: 'chain-test.changed',
      at,
      place,
      scenario,
      payload: { id, state, ...(text === '' ? {} : { text }) },
    },
  ]);
}
