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
  const [neighbour, metres, minutes] = await Promise.all([
    settingsOfScenarios(tx, 'agree.neighbour-metres'),
    settingsOfScenarios(tx, 'agree.witness-metres'),
    settingsOfScenarios(tx, 'agree.witness-minutes'),
  ]);
  return (scenario) => ({
    neighbourMetres: Number(neighbour(scenario)),
    witnessMetres: Number(metres(scenario)),
    witnessMinutes: Number(minutes(scenario)),
  });
}
