import type { intakeRoutes, IntakeSource } from '#contract/monitoring';
import { VIDEO_PRESETS, type VideoPreset } from '#protocols/push';
import { cutPage, readIdCursor, type RequestContext } from '#services/context';
import { sql } from 'kysely';
import type { z } from 'zod';

import { loadSources } from './source-view.ts';

type Query = z.output<typeof intakeRoutes.listIntakeSources.query>;

/** A page of sources in the order of their numbers. */
export async function listSources(
  context: RequestContext,
  { query }: { readonly query: Query },
): Promise<{ items: IntakeSource[]; next: string | null }> {
  context.authorize('device.read');
  const conditions = [
    context.reach('s'),
    sql`s.id > ${readIdCursor(query.after)}`,
    ...(query.kind === undefined ? [] : [sql`s.kind = ${query.kind}`]),
    ...(query.search === undefined
      ? []
      : [sql`strpos(lower(s.code || ' ' || s.name), lower(${query.search})) > 0`]),
  ];
  return context.transaction(async (tx) => {
    const where = sql`where ${sql.join(conditions, sql` and `)} order by s.id limit ${query.limit + 1}`;
    const { page, next } = cutPage(await loadSources(tx, where), query.limit, ({ id }) => String(id));
    return { items: [...page], next };
  });
}

/** Mappings to begin with. */
export async function listPresets(context: RequestContext): Promise<{ items: VideoPreset[] }> {
  context.authorize('device.read');
  return { items: [...VIDEO_PRESETS] };
}
