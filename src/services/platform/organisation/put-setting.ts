import { AppError } from '#base';
import type { organisationRoutes, PlatformSetting } from '#contract/platform';
import { settingFault, type SettingKey, SETTINGS } from '#model/platform';
import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import { changeSetting } from './change-setting.ts';
import { loadChain } from './setting-view.ts';

type Put = typeof organisationRoutes.putSetting;

/** Sets a value at a platform. Throws `record.not-found`, `access.denied`, `setting.refused`. */
export async function putSetting(
  context: RequestContext,
  { params, body }: { readonly params: z.output<Put['params']>; readonly body: z.output<Put['body']> },
): Promise<PlatformSetting> {
  return changeSetting(context, params, async (tx, platform, key) => {
    if (SETTINGS[key].districtOnly && platform.kind !== 'district')
      throw new AppError('setting.refused', {
        reason: `“${SETTINGS[key].label}”全区一个期限，请在区总平台设置`,
      });
    const above = (await loadChain(tx, platform.id)).filter((link) => link.key === key && !link.own);
    const fault = settingFault(key, body.value, above) ?? (await calendarFault(tx, key, body.value));
    if (fault !== null) throw new AppError('setting.refused', { reason: fault });
    await sql`insert into platform_setting (platform_id, key, value, place, scenario, set_by, set_at)
      values (${platform.id}, ${key}, ${JSON.stringify(body.value)}::jsonb, ${platform.place}, ${platform.scenario},
        ${context.actor.username}, ${new Date(context.now())})
      on conflict (platform_id, key) do update set value = excluded.value, set_by = excluded.set_by, set_at = excluded.set_at`.execute(
      tx,
    );
    return body.value;
  });
}

/** A calendar that nobody has entered would count holidays as working days without a word. */
async function calendarFault(tx: Tx, key: SettingKey, value: unknown): Promise<string | null> {
  if (key !== 'calendar.id' || value === SETTINGS[key].default) return null;
  const { rows } = await sql`select from calendar_year where calendar_id = ${value} limit 1`.execute(tx);
  return rows.length > 0 ? null : `还没有录入日历“${String(value)}”`;
}
