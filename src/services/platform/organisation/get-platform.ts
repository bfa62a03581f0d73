import type { organisationRoutes, PlatformDetail } from '#contract/platform';
import type { RequestContext } from '#services/context';
import type { z } from 'zod';

import { findPlatform } from './find-platform.ts';
import { showPlatform } from './platform-view.ts';

type Params = z.output<typeof organisationRoutes.getPlatform.params>;

/** One platform with its facts, duties, contacts and what lies within. Throws `record.not-found`. */
export async function getPlatform(
  context: RequestContext,
  { params }: { readonly params: Params },
): Promise<PlatformDetail> {
  context.authorize('platform.read');
  return context.transaction(async (tx) => showPlatform(context, tx, await findPlatform(tx, params.code)));
}
