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

/** What holds at the platform of each scenario, for what is decided by scenario. */
export async function settingsOfScenarios(
  tx: Tx,
  key: SettingKey,
): Promise<(scenario: number) => SettingValue> {
  const { rows } = await sql<{ scenario: number; value: unknown }>`
    select scenario, value from settings_of_scenarios(${key})`.execute(tx);
  const byScenario = Map.groupBy(rows, (row) => row.scenario);
  return (scenario) => resolveSetting(key, steps(byScenario.get(scenario) ?? [])).value;
}

function steps(rows: readonly { readonly value: unknown }[]) {
  return rows.map(({ value }) => ({ where: undefined, value }));
}
