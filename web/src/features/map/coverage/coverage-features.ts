import type { FeatureCollection, Point, Polygon } from 'geojson';

import { depthOf } from '../../../ui/coverage-scale.ts';
import { borderFeatures } from '../../../ui/border-features.ts';
import type { LackMark } from './lack-marks.ts';
import { COVERAGE_TEXT } from './text.ts';
import type { TownCoverage } from './town-coverage.ts';

/** Step of the scale for what there is no rate of. */
export const NO_RATE = -1;

const depthOfTown = ({ figures }: TownCoverage): number => {
  const rate = figures?.elementRate ?? null;
  return rate === null ? NO_RATE : depthOf(rate);
};

/** A mark at each town's centre with its figure in whole per cent, never rounded up. */
export function townMarks(towns: readonly TownCoverage[]): FeatureCollection<Point> {
  return {
    type: 'FeatureCollection',
    features: towns.flatMap((town) => {
      if (town.at === undefined) return [];
      const rate = town.figures?.elementRate ?? null;
      return [
        {
          type: 'Feature' as const,
          geometry: { type: 'Point' as const, coordinates: [town.at.lon, town.at.lat] },
          properties: {
            code: town.code,
            depth: depthOfTown(town),
            figure: rate === null ? COVERAGE_TEXT.dash : `${Math.floor(rate * 100)}%`,
          },
        },
      ];
    }),
  };
}

/** The imported borders of the towns, with the step of the scale each is filled by. */
export function coveredBorders(
  borders: readonly unknown[],
  towns: readonly TownCoverage[],
): FeatureCollection<Polygon> {
  const depths = new Map(towns.map((town) => [town.code, depthOfTown(town)]));
  const { type, features } = borderFeatures(borders);
  return {
    type,
    features: features.flatMap((border) => {
      const code: unknown = border.properties?.['code'];
      const depth = typeof code === 'string' ? depths.get(code) : undefined;
      return depth === undefined ? [] : [{ ...border, properties: { code, depth } }];
    }),
  };
}

export function lackFeatures(marks: readonly LackMark[]): FeatureCollection<Point> {
  return {
    type: 'FeatureCollection',
    features: marks.map(({ id, lon, lat }) => ({
      type: 'Feature',
      id,
      geometry: { type: 'Point', coordinates: [lon, lat] },
      properties: { id },
    })),
  };
}
