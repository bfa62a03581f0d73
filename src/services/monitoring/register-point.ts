import { AppError } from '#base';
import type { monitoringRoutes, Point } from '#contract/monitoring';
import { announce, audit, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import type { z } from 'zod';

import type { MonitoringDesk } from './desk.ts';
import { loadReach } from './composites/load-reach.ts';
import { loadOwnLimits } from './own-limits.ts';
import { loadPointViews, showPoint } from './point-view.ts';
import { bookPoint, loadElementFacts } from './recover.ts';

type Body = z.output<typeof monitoringRoutes.createPoint.body>;

/** Registers a point (object × element); the hot path knows it when this resolves. */
export async function registerPoint(
  context: RequestContext,
  desk: MonitoringDesk,
  body: Body,
): Promise<Point> {
  context.authorize('object.manage');
  return desk.ingest.exclusively(({ book }) =>
    context.transaction(async (tx) => {
      const object = await tx
        .selectFrom('monitored_object')
        .select(['id', 'place', 'scenarios', 'simulated', 'parameters', 'retired_at'])
        .where('code', '=', body.object)
        .executeTakeFirst();
      if (!object) throw new AppError('record.not-found', { what: '监测对象', id: body.object });
      if (object.retired_at !== null) throw new AppError('object.retired', { object: body.object });
      const element = (await loadElementFacts(tx, [body.element])).get(body.element);
      if (!element) throw new AppError('record.not-found', { what: '监测要素', id: body.element });
      const { place, scenarios, simulated } = object;
      const row = await insertPoint(tx, body.code, { object, element: element.code });
      if (!row) throw new AppError('record.exists', { what: '监测点', id: body.code });
      await audit(context, tx, { action: 'point.register', subject: `point/${body.code}`, after: body });
      const scenario = scenarios[0] ?? null;
      await announce(tx, [
        {
          type: 'point.registered',
          at: context.now(),
          place,
          scenario,
          payload: { id: row.id, object: object.id },
        },
      ]);
      const limits = await loadOwnLimits(tx, [object.id]);
      bookPoint(
        book,
        {
          id: row.id,
          code: body.code,
          object_id: object.id,
          place,
          scenarios,
          simulated,
          device_id: null,
          parameters: object.parameters,
        },
        element,
        limits.get(object.id),
      );
      // It may be new to composite signs, or they to it.
      if (book.composed.size > 0 && !book.composites.isKnown(object.id))
        await loadReach(tx, book, [object.id]);
      const [view] = await loadPointViews(tx, { ids: [row.id] });
      if (!view) throw new AppError('record.not-found', { what: '监测点', id: body.code });
      return showPoint(view, book, context.now());
    }),
  );
}

interface Standing {
  readonly object: {
    readonly id: number;
    readonly place: number;
    readonly scenarios: number[];
    readonly simulated: boolean;
  };
  readonly element: string;
}

/** Undefined where the code is taken. */
function insertPoint(
  tx: Tx,
  code: string,
  { object: { id: object_id, place, scenarios, simulated }, element: element_code }: Standing,
): Promise<{ readonly id: number } | undefined> {
  return tx
    .insertInto('point')
    .values({ code, object_id, element_code, place, scenarios, simulated, device_id: null })
    .onConflict((conflict) => conflict.column('code').doNothing())
    .returning('id')
    .executeTakeFirst();
}
