import { resolveSetting, type SettingKey, SETTING_KEYS } from '#model/platform';
import type { Tx } from '#storage';
import { sql } from 'kysely';

/** A time that people have set for the district, or the default (days). */
export async function loadKeptDays(tx: Tx): Promise<(key: SettingKey) => number> {
  const { rows } = await sql<{ key: string; value: unknown }>`
    select s.key, s.value from platform_setting s join platform p on p.id = s.platform_id
    where p.kind = 'district' and s.key = any(${[...SETTING_KEYS]})`.execute(tx);
  return (key) => {
    const steps = rows.filter((row) => row.key === key).map(({ value }) => ({ where: null, value }));
    return Number(resolveSetting(key, steps).value);
  };
}
