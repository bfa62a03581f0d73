import type { organisationRoutes, PlatformSetting } from '#contract/platform';
import type { RequestContext } from '#services/context';
import { sql } from 'kysely';
import type { z } from 'zod';

import { changeSetting } from './change-setting.ts';

type Params = z.output<typeof organisationRoutes.deleteSetting.params>;

/** Takes a platform's own value back: the one above holds again. Doing it twice changes nothing. */
export async function deleteSetting(
  context: RequestContext,
  { params }: { readonly params: Params },
): Promise<PlatformSetting> {
  return changeSetting(context, params, async (tx, platform, key) => {
    await sql`delete from platform_setting where platform_id = ${platform.id} and key = ${key}`.execute(tx);
    return undefined;
  });
}
