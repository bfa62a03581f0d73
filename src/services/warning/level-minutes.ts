import { type Level, LEVELS } from '#model/warning';
import { settingsOfScenarios } from '#services/context';
import type { Tx } from '#storage';

export type LevelMinutes = Readonly<Record<Level, number>>;

/** Minutes per level of one kind of time, as they are set for each scenario. */
export async function levelMinutes(
  tx: Tx,
  kind: 're-alarm' | 'verify',
): Promise<(scenario: number) => LevelMinutes> {
  const byLevel = await Promise.all(
    LEVELS.map(async (level) => [level, await settingsOfScenarios(tx, `${kind}.${level}-minutes`)] as const),
  );
  return (scenario) =>
    Object.fromEntries(byLevel.map(([level, of]) => [level, Number(of(scenario))])) as LevelMinutes;
}
