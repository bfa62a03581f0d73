import { resolveSetting, type SettingKey, type SettingValue } from '#model/platform';
import type { Tx } from '#storage';

import { loadChain } from './setting-view.ts';

/** The value of a setting that holds at a platform (by id), for the rules that obey it. */
export async function settingAt(tx: Tx, key: SettingKey, platform: number): Promise<SettingValue> {
  const chain = await loadChain(tx, platform);
  return resolveSetting(
    key,
    chain.filter((link) => link.key === key),
  ).value;
}
