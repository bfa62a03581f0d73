import { fromBeijing } from '#base';
import type { commandRoutes } from '#contract/command';
import { containing } from '#storage';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';

import type { DutyPlatform } from '../find-platform.ts';

type Filter = z.output<typeof commandRoutes.exportLog.query>;

const DAY_MS = 86_400_000;

/** The conditions of a search in the log of a platform. `l` is the line. */
export function findLines(platform: DutyPlatform, filter: Filter): RawBuilder<unknown>[] {
  const { from, to } = spanOf(filter);
  return [
    whoseLog(platform, filter.below === true),
    from === undefined ? [] : sql`l.at >= ${new Date(from)}`,
    to === undefined ? [] : sql`l.at < ${new Date(to)}`,
    filter.kind === undefined ? [] : sql`l.kind = ${filter.kind}`,
    filter.warning === undefined ? [] : sql`l.warning_id = ${filter.warning}`,
    filter.workOrder === undefined ? [] : sql`l.work_order_id = ${filter.workOrder}`,
    filter.search === undefined || filter.search === '' ? [] : sql`l.text ilike ${containing(filter.search)}`,
    filter.forHandover === undefined ? [] : sql`l.for_handover = ${filter.forHandover}`,
    filter.replay === undefined ? [] : replayed(filter.replay),
  ].flat();
}

/** With those below: each happening once, so at the district the towns' copies of scenarios' lines are left out. */
function whoseLog(platform: DutyPlatform, below: boolean): RawBuilder<unknown> {
  if (!below) return sql`l.platform_id = ${platform.id}`;
  const inside = sql`l.place between ${platform.place} and ${platform.placeTo}`;
  return platform.kind === 'district' ? sql`(${inside} and not l.copy)` : inside;
}

function replayed(only: boolean): RawBuilder<unknown> {
  return only ? sql`l.replay_session_id is not null` : sql`l.replay_session_id is null`;
}

/** The day in Beijing, or the span. */
export function spanOf({ day, from, to }: Filter): {
  readonly from: number | undefined;
  readonly to: number | undefined;
} {
  if (day === undefined) return { from, to };
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const begin = fromBeijing(year, month, date);
  return { from: begin, to: begin + DAY_MS };
}
