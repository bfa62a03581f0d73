import type { CoverageLack } from '#contract/standard';

import { MAP_GAPS, type MapGap } from './text.ts';

/** An object that is not covered, with everything it lacks. */
export interface LackMark {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly simulated: boolean;
  readonly lat: number;
  readonly lon: number;
  readonly town: string;
  readonly townName: string;
  readonly lacks: readonly {
    readonly gap: MapGap;
    readonly scenarioName: string;
    readonly elements: readonly string[];
  }[];
}

/** Lacks gathered by their object: one mark each, whatever and in however many scenarios it lacks. */
export function lackMarks(lacks: readonly CoverageLack[]): readonly LackMark[] {
  const marks = new Map<number, LackMark>();
  for (const { gap, object, scenarioName, town, townName, missing } of lacks) {
    const known = MAP_GAPS.find((one) => one === gap);
    if (object === null || known === undefined) continue;
    const before = marks.get(object.id)?.lacks ?? [];
    const lack = { gap: known, scenarioName, elements: missing.map(({ name }) => name) };
    marks.set(object.id, { ...object, town, townName, lacks: [...before, lack] });
  }
  return [...marks.values()].toSorted((a, b) => a.name.localeCompare(b.name, 'zh') || a.id - b.id);
}
