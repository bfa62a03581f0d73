import type { ChainTest } from '#contract/operations';
import {
  CHAIN_STAGE_TEXT,
  CHAIN_STAGES,
  type ChainProtocol,
  type ChainStage,
  type ChainTestState,
} from '#model/operations';
import { levelOf } from '#model/warning';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

interface Row {
  readonly id: number;
  readonly scenario: string;
  readonly scenarioName: string;
  readonly day: string;
  readonly requestedBy: string | null;
  readonly requestedAt: number;
  readonly state: ChainTestState;
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
  readonly protocol: ChainProtocol | null;
  readonly sign: string | null;
  readonly level: number | null;
  readonly brokenStage: ChainStage | null;
  readonly reason: string | null;
  readonly stages:
    | readonly {
        readonly stage: ChainStage;
        readonly ms: number;
        readonly ok: boolean;
        readonly text: string;
      }[]
    | null;
}

/** Chain tests `t` with their stages, as the condition picks them. */
export async function loadChainTests(tx: Tx, suffix: RawBuilder<unknown>): Promise<readonly ChainTest[]> {
  const { rows } = await sql<Row>`
    select t.id, s.code as scenario, s.name as "scenarioName", t.day::text as day, t.requested_by as "requestedBy",
      t.requested_at as "requestedAt", t.state, t.started_at as "startedAt", t.finished_at as "finishedAt", t.protocol,
      t.sign_code as sign, t.level, t.broken_stage as "brokenStage", t.reason,
      (select json_agg(json_build_object('stage', g.stage, 'ms', g.ms, 'ok', g.ok, 'text', g.text))
        from chain_test_stage g where g.chain_test_id = t.id) as stages
    from chain_test t join scenario s on s.id = t.scenario ${suffix}`.execute(tx);
  return rows.map(({ stages, level, ...row }) => ({
    ...row,
    level: level === null ? null : (levelOf(level) ?? null),
    stages: (stages ?? [])
      .toSorted((a, b) => CHAIN_STAGES.indexOf(a.stage) - CHAIN_STAGES.indexOf(b.stage))
      .map(({ stage, ms, ok, text }) => ({ stage, text: CHAIN_STAGE_TEXT[stage], ms, ok, found: text })),
  }));
}
