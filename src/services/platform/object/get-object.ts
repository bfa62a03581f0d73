import { AppError } from '#base';
import type { MonitoredObject, platformRoutes } from '#contract/platform';
import type { RequestContext } from '#services/context';
import { sql } from 'kysely';
import type { z } from 'zod';

import { loadObjects } from './object-view.ts';

type Params = z.output<typeof platformRoutes.getObject.params>;

/** One object. Throws `record.not-found` also for what the caller may not see. */
export async function getObject(
  context: RequestContext,
  { params }: { readonly params: Params },
): Promise<MonitoredObject> {
  context.authorize('object.read');
  return context.transaction(async (tx) => {
    const [found] = await loadObjects(context, tx, sql`where o.id = ${params.id}`);
    if (!found) throw new AppError('record.not-found', { what: '监测对象', id: String(params.id) });
    return found;
  });
}
