import { AppError } from '#base';
import type { analyticsRoutes } from '#contract/monitoring';
import type { RequestContext } from '#services/context';
import type { Storage } from '#storage';
import type { z } from 'zod';

import type { MonitoringDesk } from '../desk.ts';
import { asOwner, pointOfResult, storeResult } from './store-result.ts';

type Route = typeof analyticsRoutes.postAnalyticsResult;

/**
 * 大数据分析: a reading with the model and the inputs it was made of. Throws `access.denied` for a point out of reach,
 * `reading.unknown-point`, `reading.foreign-point`, `reading.out-of-range`, `service.unavailable`.
 */
export async function postResult(
  context: RequestContext,
  { desk, storage }: { readonly desk: MonitoringDesk; readonly storage: Storage },
  { body }: { readonly body: z.output<Route['body']> },
): Promise<{ stored: boolean }> {
  context.authorize('reading.write');
  const point = pointOfResult(desk, body);
  context.authorizeRecord('reading.write', point);
  const { deviceId, name } = context.actor;
  if (deviceId !== undefined && deviceId !== point.deviceId)
    throw new AppError('reading.foreign-point', { point: point.code });
  const written = { by: name, source: null, at: context.now() };
  return { stored: await storeResult(desk, asOwner(storage), body, written) };
}
