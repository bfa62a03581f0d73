import { momentText, toBeijing } from '#base';
import { type Casualties, CASUALTY_KINDS } from '#model/command';
import { recordset, type Tx } from '#storage';
import { sql } from 'kysely';

import { reportingPlatforms } from './reporting-platforms.ts';
import { rulesInForce } from './report-rules.ts';
import { casualtiesOf, type MatterRow } from './matter-view.ts';
import { dutiesOf, saveDuties } from './save-duties.ts';

/** What is told otherwise than before. */
export interface Change {
  readonly field: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly flagged: boolean;
}

interface Told {
  readonly eventAt: number;
  readonly casualties: Casualties;
}

/** A number that was not told keeps what was told before. */
export function carriedOver(
  before: Casualties,
  told: { readonly [Kind in keyof Casualties]?: Casualties[Kind] | undefined },
): Casualties {
  return {
    deaths: told.deaths ?? before.deaths,
    injuries: told.injuries ?? before.injuries,
    unaccounted: told.unaccounted ?? before.unaccounted,
  };
}

/**
 * How the moment of the event and the numbers differ from what was told before. A moment that moves is marked in any case; numbers
 * change as an event goes on, so they are marked only where a report that was sent is set right afterwards.
 */
export function factChanges(before: Told, after: Told, afterwards: boolean): readonly Change[] {
  const numbers = CASUALTY_KINDS.flatMap((kind): readonly Change[] => {
    const [was, is] = [before.casualties[kind], after.casualties[kind]];
    return was === null || was === is
      ? []
      : [{ field: kind, before: String(was), after: is === null ? null : String(is), flagged: afterwards }];
  });
  if (before.eventAt === after.eventAt) return numbers;
  const moment = {
    field: 'eventAt',
    before: fullText(before.eventAt),
    after: fullText(after.eventAt),
    flagged: true,
  };
  return [moment, ...numbers];
}

function fullText(at: number): string {
  return `${toBeijing(at).year}年${momentText(at)}`;
}

interface Recording {
  readonly report: number;
  readonly platform: number;
  readonly by: string;
  readonly at: number;
  readonly reason: string | null;
}

/** Writes changes beside the report that they concern. */
export async function recordChanges(
  tx: Tx,
  matter: MatterRow,
  { report, platform, by, at, reason }: Recording,
  changes: readonly Change[],
): Promise<void> {
  if (changes.length === 0) return;
  await sql`insert into report_change (matter_id, report_id, place, scenario, platform_id, at, by, field, before, after, reason,
      flagged, replay_session_id, simulated)
    select ${matter.id}, ${report}, ${matter.place}, ${matter.scenario}::int2, ${platform}::int, ${new Date(at)}, ${by}, field, before, after,
      ${reason}, flagged, ${matter.replaySession}::int, ${matter.simulated}
    from ${recordset(changes, sql`r(field text, before text, after text, flagged boolean)`)}`.execute(tx);
}

/** Keeps what is now told of the matter; people harmed more or fewer than before are told upwards (补报). */
export async function keepFacts(
  tx: Tx,
  matter: MatterRow,
  told: Told & { readonly at: number },
): Promise<void> {
  const { deaths, injuries, unaccounted } = told.casualties;
  await sql`update report_matter set event_at = ${new Date(told.eventAt)}, deaths = ${deaths}, injuries = ${injuries},
    unaccounted = ${unaccounted} where id = ${matter.id}`.execute(tx);
  const before = casualtiesOf(matter);
  const differs = CASUALTY_KINDS.some((kind) => (before[kind] ?? 0) !== (told.casualties[kind] ?? 0));
  if (!differs) return;
  const { district } = await reportingPlatforms(tx);
  if (district === undefined) return;
  const { rows } = await sql<{ n: number }>`
    select coalesce(max(d.n), 0) as n from report_duty d join report_rule r on r.code = d.rule
    where d.matter_id = ${matter.id} and r.body->'triggers' ? 'casualties'`.execute(tx);
  const owing = {
    id: matter.id,
    place: matter.place,
    scenario: matter.scenario,
    title: matter.title,
    platform: matter.platformId,
    session: matter.replaySession,
    simulated: matter.simulated,
  };
  const occasion = { matter: owing, trigger: 'casualties' as const, at: told.at, n: (rows[0]?.n ?? 0) + 1 };
  await saveDuties(tx, dutiesOf([occasion], await rulesInForce(tx), district), told.at);
}
