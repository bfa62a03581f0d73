import type { BlindSpotView, BlindTown } from '#contract/monitoring';
import type { BlindState } from '#model/monitoring';
import type { FeatureCollection, Point, Polygon } from 'geojson';

import { borderFeatures } from '../../../ui/border-features.ts';

/** What is listed: `gaps` are those that were watched and are no longer, wholly or in part. */
export const SHOWN = ['gaps', 'blind', 'thin', 'never', 'all'] as const;
export type Shown = (typeof SHOWN)[number];

export function isShown({ state }: Pick<BlindSpotView, 'state'>, shown: Shown): boolean {
  if (shown === 'all') return true;
  return shown === 'gaps' ? state === 'blind' || state === 'thin' : state === shown;
}

/** The worst first; what was never watched says less than what is. */
const WORSE: readonly BlindState[] = ['blind', 'thin', 'watched', 'never'];

/** A town on the map: how it is watched, in the worst of the scenarios that are shown. */
export interface MarkedTown extends BlindTown {
  readonly state: BlindState;
  /** Scenarios in which it is blind or thin there. */
  readonly gaps: number;
}

export function markedTowns(
  towns: readonly BlindTown[],
  spots: readonly BlindSpotView[],
): readonly MarkedTown[] {
  const byTown = Map.groupBy(
    spots.filter(({ village }) => village === null),
    ({ town }) => town,
  );
  return towns.flatMap((town) => {
    const own = byTown.get(town.code) ?? [];
    const state = WORSE.find((one) => own.some((spot) => spot.state === one));
    return state === undefined
      ? []
      : [{ ...town, state, gaps: own.filter((spot) => isShown(spot, 'gaps')).length }];
  });
}

/** Who is there by day or night: those who live and those who work there; null where nobody has told it. */
export function peopleOf(town: Pick<BlindTown, 'residents' | 'workers'> | undefined): number | null {
  if (town === undefined || town.residents === null) return null;
  return town.residents + (town.workers ?? 0);
}

/** Most people first, the untold last; within a town the worst first, then the longest. */
export function byPeople(
  spots: readonly BlindSpotView[],
  towns: ReadonlyMap<string, BlindTown>,
): readonly BlindSpotView[] {
  const people = ({ town }: BlindSpotView): number => peopleOf(towns.get(town)) ?? -1;
  const rank = ({ state }: BlindSpotView): number => WORSE.indexOf(state);
  return spots.toSorted(
    (a, b) => people(b) - people(a) || rank(a) - rank(b) || (a.since ?? Infinity) - (b.since ?? Infinity),
  );
}

const SMALLEST = 9;
const LARGEST = 30;

/** Radius (px) of a town's mark: its area grows with its people, held against the most peopled town shown. */
export function radiusOf(people: number | null, most: number): number {
  if (people === null || most === 0) return SMALLEST;
  return Math.max(SMALLEST, LARGEST * Math.sqrt(people / most));
}

/** Marks at the towns' centres, the smaller ones on top. */
export function markFeatures(towns: readonly MarkedTown[]): FeatureCollection<Point> {
  const most = Math.max(0, ...towns.map((town) => peopleOf(town) ?? 0));
  return {
    type: 'FeatureCollection',
    features: towns.flatMap(({ code, name, lat, lon, state, gaps, ...people }) => {
      if (lat === null || lon === null) return [];
      const radius = radiusOf(peopleOf(people), most);
      const figure = gaps > 0 ? String(gaps) : '';
      return [
        {
          type: 'Feature' as const,
          geometry: { type: 'Point' as const, coordinates: [lon, lat] },
          properties: { code, name, state, radius, figure, order: WORSE.indexOf(state) },
        },
      ];
    }),
  };
}

/** The imported borders of towns with how they are watched. */
export function stateBorders(
  borders: readonly unknown[],
  towns: readonly MarkedTown[],
): FeatureCollection<Polygon> {
  const states = new Map(towns.map(({ code, state }) => [code, state]));
  const { type, features } = borderFeatures(borders);
  return {
    type,
    features: features.map((border) => {
      const code: unknown = border.properties?.['code'];
      const state = typeof code === 'string' ? (states.get(code) ?? '') : '';
      return { ...border, properties: { code, state } };
    }),
  };
}
