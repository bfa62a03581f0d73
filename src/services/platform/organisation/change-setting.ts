import { AppError } from '#base';
import type { organisationRoutes, PlatformSetting } from '#contract/platform';
import { isSettingKey, type SettingKey } from '#model/platform';
import { announce, audit, type RequestContext, settingAt } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import { findPlatform, type PlatformRow } from './find-platform.ts';
import { loadChain, showSetting } from './setting-view.ts';

type Params = z.output<typeof organisationRoutes.putSetting.params>;

/**
 * What setting and clearing share. `apply` makes the change and gives the value that then stands here, undefined for none.
 * Throws `record.not-found`, `access.denied`, `setting.refused`.
 */
export async function changeSetting(
  context: RequestContext,
  { code, key }: Params,
  apply: (tx: Tx, platform: PlatformRow, key: SettingKey) => Promise<unknown>,
): Promise<PlatformSetting> {
  context.authorize('setting.manage');
  if (!isSettingKey(key)) throw new AppError('record.not-found', { what: '设置项', id: key });
  return context.transaction(async (tx) => {
    const platform = await findPlatform(tx, code);
    context.authorizeRecord('setting.manage', platform);
    const before = await ownValue(tx, platform.id, key);
    const after = await apply(tx, platform, key);
    await checkFlood(tx, platform.id, key);
    const { id, place, scenario } = platform;
    if (JSON.stringify(before) !== JSON.stringify(after)) {
      const subject = `setting/${code}/${key}`;
      await audit(context, tx, {
        action: after === undefined ? 'setting.clear' : 'setting.set',
        subject,
        before: { value: before ?? null },
        after: { value: after ?? null },
        place,
        scenario,
      });
      await announce(tx, [
        { type: 'platform.changed', at: context.now(), place: null, scenario: null, payload: { id } },
      ]);
    }
    return showSetting(key, await loadChain(tx, id), true);
  });
}

/** Flood mode that ends above where it begins would end at once, and begin again. */
async function checkFlood(tx: Tx, platform: number, key: SettingKey): Promise<void> {
  if (key !== 'flood.enter-above' && key !== 'flood.leave-below') return;
  const enter = Number(await settingAt(tx, 'flood.enter-above', platform));
  const leave = Number(await settingAt(tx, 'flood.leave-below', platform));
  if (leave <= enter) return;
  throw new AppError('setting.refused', {
    reason: `洪峰模式的终点 ${leave} 条大于起点 ${enter} 条，须不大于起点`,
  });
}

async function ownValue(tx: Tx, platform: number, key: string): Promise<unknown> {
  const { rows } = await sql<{ value: unknown }>`
    select value from platform_setting where platform_id = ${platform} and key = ${key} for update`.execute(
    tx,
  );
  return rows[0]?.value;
}
