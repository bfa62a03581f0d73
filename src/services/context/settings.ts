import {
  type NumberSetting,
  resolveSetting,
  type SettingKey,
  SETTINGS,
  type SettingValue,
} from '#model/platform';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

/** Limits of security and privacy: below, only made stricter. */
type LimitKey = {
  [K in SettingKey]: (typeof SETTINGS)[K] extends NumberSetting ? K : never;
}[SettingKey];

/** What holds of a limit at a platform (its id as a column or value), inside a statement. */
export function limitAt(key: LimitKey, platform: RawBuilder<unknown>): RawBuilder<number> {
  return sql<number>`setting_limit(${key}, ${platform}, ${SETTINGS[key].default}::int)`;
}

/** What holds of a text or list at a platform, for the use cases that obey it. */
export async function settingAt(tx: Tx, key: SettingKey, platform: number): Promise<SettingValue> {
  const { rows } = await sql<{ value: unknown }>`
    select value from settings_above(${platform}::int) where key = ${key} order by depth desc`.execute(tx);
  return resolveSetting(key, steps(rows)).value;
}

/** What holds at the platform of each scenario, for what is decided by scenario; all in one statement. */
export async function settingsOfScenarios<K extends SettingKey>(
  tx: Tx,
  keys: readonly K[],
): Promise<(key: K, scenario: number) => SettingValue> {
  const { rows } = await sql<{ key: K; scenario: number; value: unknown }>`
    select k.key, s.scenario, s.value
    from unnest(${[...keys]}::text[]) k(key), settings_of_scenarios(k.key) with ordinality s(scenario, value, n)
    order by s.n`.execute(tx);
  const found = Map.groupBy(rows, (row) => `${row.key} ${row.scenario}`);
  return (key, scenario) => resolveSetting(key, steps(found.get(`${key} ${scenario}`) ?? [])).value;
}

function steps(rows: readonly { readonly value: unknown }[]) {
  return rows.map(({ value }) => ({ where: undefined, value }));
}
