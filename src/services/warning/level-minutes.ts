import { type Level, LEVELS } from '#model/warning';
import { settingsOfScenarios } from '#services/context';
import type { Tx } from '#storage';

export type LevelMinutes = Readonly<Record<Level, number>>;

/** Minutes per level of one kind of time, as they are set for each scenario. */
export async function levelMinutes(
  tx: Tx,
  kind: 're-alarm' | 'verify',
): Promise<(scenario: number) => LevelMinutes> {
  const keyOf = (level: Level) => `${kind}.${level}-minutes` as const;
  const setting = await settingsOfScenarios(tx, LEVELS.map(keyOf));
  return (scenario) =>
    Object.fromEntries(
      LEVELS.map((level) => [level, Number(setting(keyOf(level), scenario))]),
    ) as LevelMinutes;
}
