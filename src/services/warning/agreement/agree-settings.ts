import { settingsOfScenarios } from '#services/context';
import type { Tx } from '#storage';

/** How near in space and time sources have to be to count as agreeing. */
export interface AgreeSettings {
  readonly neighbourMetres: number;
  readonly witnessMetres: number;
  readonly witnessMinutes: number;
}

/** As they are set for each scenario. */
export async function agreeSettings(tx: Tx): Promise<(scenario: number) => AgreeSettings> {
  const setting = await settingsOfScenarios(tx, [
    'agree.neighbour-metres',
    'agree.witness-metres',
    'agree.witness-minutes',
  ]);
  return (scenario) => ({
    neighbourMetres: Number(setting('agree.neighbour-metres', scenario)),
    witnessMetres: Number(setting('agree.witness-metres', scenario)),
    witnessMinutes: Number(setting('agree.witness-minutes', scenario)),
  });
}
