import type { Reached } from './walk-dependencies.ts';

/** A platform with a duty desk: a scenario's, or a town's with its stretch of territory. */
export interface DeskPlatform {
  readonly id: number;
  readonly name: string;
  readonly place: number;
  readonly placeTo: number;
  readonly scenario: number | null;
  readonly isTown: boolean;
}

/** A seat with what reaches it, the soonest first. */
export interface ConcernedSeat {
  readonly platform: DeskPlatform;
  readonly reached: readonly Reached[];
}

/** Whom a cascade concerns: the desks of the scenarios and of the towns of what it reaches. */
export function seatsConcerned(
  reached: readonly Reached[],
  platforms: readonly DeskPlatform[],
): readonly ConcernedSeat[] {
  const byScenario = new Map(platforms.filter((one) => !one.isTown).map((one) => [one.scenario, one]));
  const towns = platforms.filter((one) => one.isTown);
  const seats = new Map<DeskPlatform, Reached[]>();
  for (const one of reached) {
    const { scenarios, place } = one.object;
    const town = towns.find((desk) => place >= desk.place && place <= desk.placeTo);
    const desks = [...scenarios.map((scenario) => byScenario.get(scenario)), town];
    for (const desk of new Set(desks)) {
      if (!desk) continue;
      const held = seats.get(desk);
      if (held) held.push(one);
      else seats.set(desk, [one]);
    }
  }
  return [...seats].map(([platform, list]) => ({ platform, reached: list }));
}
