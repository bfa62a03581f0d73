import type { organisationRoutes, PlatformSetting } from '#contract/platform';
import { SETTING_KEYS, type SettingKey, SETTINGS } from '#model/platform';
import type { RequestContext } from '#services/context';
import type { z } from 'zod';

import { findPlatform } from './find-platform.ts';
import { loadChain, showSetting } from './setting-view.ts';

type Params = z.output<typeof organisationRoutes.listSettings.params>;

/** Every setting as it holds at a platform, and where it comes from. Throws `record.not-found`. */
export async function listSettings(
  context: RequestContext,
  { params }: { readonly params: Params },
): Promise<{ items: PlatformSetting[] }> {
  context.authorize('platform.read');
  return context.transaction(async (tx) => {
    const platform = await findPlatform(tx, params.code);
    const chain = await loadChain(tx, platform.id);
    const maySet = context.actor.rights.mayAt('setting.manage', platform);
    const here = (key: SettingKey) => platform.kind === 'district' || !SETTINGS[key].districtOnly;
    return { items: SETTING_KEYS.map((key) => showSetting(key, chain, maySet && here(key))) };
  });
}
