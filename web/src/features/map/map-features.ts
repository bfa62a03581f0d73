import type { MapObject, Town } from '#contract/platform';
import { rankOf } from '#model/warning';
import type { FeatureCollection, Point } from 'geojson';

import { isPolygon, isRecord } from '../../ui/border-features.ts';
import { iconName } from './map-icons.ts';

interface ObjectProperties {
  readonly id: number;
  readonly rank: number;
  readonly icon: string;
}

/** Objects as the map's source wants them: a rank 0–4 to colour and cluster by, and the icon of its level. */
export function objectFeatures(objects: readonly MapObject[]): FeatureCollection<Point, ObjectProperties> {
  return {
    type: 'FeatureCollection',
    features: objects.map((object) => ({
      type: 'Feature',
      id: object.id,
      geometry: { type: 'Point', coordinates: [object.lon, object.lat] },
      properties: {
        id: object.id,
        rank: rankOf(object.level),
        icon: object.level ? iconName(object.level, object.simulated) : '',
      },
    })),
  };
}

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
