import type { StandardDeployment } from '#contract/standard';
import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { placeOfScenario } from './place-of-scenario.ts';
import { findVersion, stateOf, type VersionRow } from './version-view.ts';

/** An open screen as the process knows it. */
export interface OpenScreen {
  readonly name: string;
  readonly platforms: readonly { readonly code: string; readonly name: string }[];
  readonly openedAt: number;
  /** By the version's id (epoch ms). */
  readonly announced: ReadonlyMap<number, number>;
  readonly shown: ReadonlyMap<number, number>;
}

/** What the running process knows of who has which version. */
export interface DeploymentFacts {
  readonly startedAt: number;
  readonly up: boolean;
  /** When the evaluator took the version into its memory, where it has seen that happen. */
  readonly heldAt: (version: number) => number | undefined;
  /** Points of a scenario, and how many are judged by what holds from a moment on, or by newer. */
  readonly points: (scenario: number, from: number) => { readonly all: number; readonly judged: number };
  readonly screens: readonly OpenScreen[];
}

/** Who has a published version: the evaluator, every open screen, every platform. Throws `record.not-found`, `access.denied`. */
export async function getDeployment(
  context: RequestContext,
  facts: DeploymentFacts,
  { params }: { readonly params: { readonly id: number } },
): Promise<StandardDeployment> {
  context.authorize('standard.deploy');
  return context.transaction(async (tx) => {
    const row = await findVersion(tx, params.id);
    const { scenario } = row;
    context.authorizeRecord('standard.deploy', { place: await placeOfScenario(tx, scenario), scenario });
    const { rows } = await sql<{ at: number | null }>`
      select took_effect_at as at from standard_version where id = ${params.id}`.execute(tx);
    return show(row, {
      facts,
      now: context.now(),
      tookEffectAt: rows[0]?.at ?? null,
      platforms: await platformsOf(tx, scenario),
    });
  });
}

type Platform = Pick<StandardDeployment['platforms'][number], 'code' | 'name' | 'kind'>;

/** The scenario's platform, those above it, and towns in which its objects stand. */
async function platformsOf(tx: Tx, scenario: number): Promise<readonly Platform[]> {
  const { rows } = await sql<Platform>`
    with recursive up as (
      select id, parent_id from platform where scenario = ${scenario} and kind = 'scenario'
      union select p.id, p.parent_id from platform p join up on p.id = up.parent_id
    )
    select p.code, p.name, p.kind from platform p
    where p.id in (select id from up) or p.code in (
      select o.town from monitored_object o where o.scenarios @> array[${scenario}::int2] and o.retired_at is null)
    order by p.id`.execute(tx);
  return rows;
}

interface Known {
  readonly facts: DeploymentFacts;
  readonly now: number;
  readonly tookEffectAt: number | null;
  readonly platforms: readonly Platform[];
}

function show(row: VersionRow, { facts, now, tookEffectAt, platforms }: Known): StandardDeployment {
  const { id, published_at: publishedAt, effective_from: from } = row;
  const isCancelled = row.cancelled_at !== null;
  const seen = facts.heldAt(id);
  // What was published before the process began, it has read at its start.
  const heldAt = seen ?? (publishedAt <= facts.startedAt ? facts.startedAt : null);
  const points = facts.points(row.scenario, from);
  const screens = facts.screens.map(({ name, platforms: of, openedAt, announced, shown }) => ({
    name,
    of: new Set(of.map(({ code }) => code)),
    platforms: of.map((one) => one.name),
    openedAt,
    announcedAt: announced.get(id) ?? null,
    shownAt: shown.get(id) ?? (openedAt >= publishedAt ? openedAt : null),
  }));
  const told = screens.filter(({ announcedAt }) => announcedAt !== null);
  const after = (moments: readonly (number | null)[]): number | null => {
    const last = Math.max(...moments.map((at) => at ?? Number.NEGATIVE_INFINITY));
    return Number.isFinite(last) ? last - publishedAt : null;
  };
  return {
    id,
    scenario: row.scenario_code,
    scenarioName: row.scenario_name,
    version: row.version,
    state: stateOf(row, now),
    publishedAt,
    effectiveFrom: from === 0 ? null : from,
    tookEffectAt,
    startedAt: facts.startedAt,
    evaluator: {
      heldAt: isCancelled ? null : heldAt,
      up: facts.up,
      points: points.all,
      judged: isCancelled || from > now ? 0 : points.judged,
    },
    lag: {
      held: seen === undefined ? null : seen - publishedAt,
      announced: after(told.map(({ announcedAt }) => announcedAt)),
      shown: after(told.map(({ shownAt }) => shownAt)),
    },
    screens: screens.map(({ of: _of, ...screen }) => screen),
    platforms: platforms.map((platform) => {
      const open = screens.filter(({ of }) => of.has(platform.code));
      const having = open.flatMap(({ shownAt }) => shownAt ?? []);
      return {
        ...platform,
        screens: open.length,
        shown: having.length,
        since: having.length === 0 ? null : Math.min(...having),
      };
    }),
  };
}
