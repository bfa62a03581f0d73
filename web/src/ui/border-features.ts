import type { Feature, FeatureCollection, Polygon } from 'geojson';

/** The polygons among what the server keeps; anything else in there cannot be drawn. */
export function borderFeatures(features: readonly unknown[]): FeatureCollection<Polygon> {
  return { type: 'FeatureCollection', features: features.filter(isPolygon) };
}

export function isPolygon(feature: unknown): feature is Feature<Polygon> {
  if (!isRecord(feature) || !isRecord(feature['geometry'])) return false;
  const { type, coordinates } = feature['geometry'];
  return (type === 'Polygon' || type === 'MultiPolygon') && Array.isArray(coordinates);
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
