import type { GatheredObjects, MapObject, Town } from '#contract/platform';
import { rankOf } from '#model/warning';
import type { FeatureCollection, Point } from 'geojson';

import { isPolygon, isRecord } from '../../ui/border-features.ts';
import { iconName } from './map-icons.ts';

/** A single object, or many that stand gathered: as a cluster the map itself makes, it has a `total` and a `worst`. */
type ObjectProperties =
  | { readonly id: number; readonly rank: number; readonly icon: string; readonly count: 1 }
  | { readonly rank: number; readonly count: number; readonly worst: number; readonly total: number };

/** Objects as the map's source wants them: a rank 0–4 to colour and cluster by, the icon of its level, and how many it stands for. */
export function objectFeatures(
  objects: readonly MapObject[],
  gathered: readonly GatheredObjects[],
): FeatureCollection<Point, ObjectProperties> {
  return {
    type: 'FeatureCollection',
    features: [
      ...objects.map((object) => ({
        type: 'Feature' as const,
        id: object.id,
        geometry: pointAt(object),
        properties: {
          id: object.id,
          rank: rankOf(object.level),
          icon: object.level ? iconName(object.level, object) : '',
          count: 1 as const,
        },
      })),
      ...gathered.map((cell) => {
        const rank = rankOf(cell.level);
        return {
          type: 'Feature' as const,
          geometry: pointAt(cell),
          properties: { rank, worst: rank, count: cell.count, total: cell.count },
        };
      }),
    ],
  };
}

const pointAt = ({ lon, lat }: { readonly lon: number; readonly lat: number }): Point => ({
  type: 'Point',
  coordinates: [lon, lat],
});

/** Names at the towns' centres; those with the highest level are placed first where names would overlap. */
export function townFeatures(towns: readonly Town[]): FeatureCollection<Point> {
  return {
    type: 'FeatureCollection',
    features: towns.map((town) => ({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [town.lon, town.lat] },
      properties: { name: town.name, order: -rankOf(town.level), warned: town.level !== null },
    })),
  };
}

export type BordersFault = 'notJson' | 'notCollection' | 'noPolygons' | 'notDegrees';

/**
 * Looks whether a chosen file can be borders at all, before 20 MB are sent: JSON, a FeatureCollection, at least one
 * polygon, and degrees. Which towns the polygons are is the server's to say. Gives the number of polygons, or the fault.
 */
export function checkBorders(text: string): { readonly polygons: number } | { readonly fault: BordersFault } {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return { fault: 'notJson' };
  }
  const features = featuresOf(content);
  if (!features) return { fault: 'notCollection' };
  const polygons = features.filter(isPolygon);
  const first = polygons[0];
  if (!first) return { fault: 'noPolygons' };
  return inDegrees(first.geometry.coordinates) ? { polygons: polygons.length } : { fault: 'notDegrees' };
}

function featuresOf(content: unknown): readonly unknown[] | undefined {
  if (!isRecord(content) || content['type'] !== 'FeatureCollection') return undefined;
  const features = content['features'];
  return Array.isArray(features) ? features : undefined;
}

function inDegrees(coordinates: unknown): boolean {
  let innermost = coordinates;
  while (Array.isArray(innermost) && Array.isArray(innermost[0])) innermost = innermost[0];
  if (!Array.isArray(innermost)) return false;
  const [lon, lat] = innermost;
  return typeof lon === 'number' && typeof lat === 'number' && Math.abs(lon) <= 180 && Math.abs(lat) <= 90;
}
