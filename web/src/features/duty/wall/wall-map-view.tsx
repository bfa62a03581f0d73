import type { MapObject, Town } from '#contract/platform';
import { rankOf } from '#model/warning';
import { type ReactElement, useEffect, useRef, useState } from 'react';

import { borderFeatures } from '../../../ui/border-features.ts';
import { WALL_TEXT } from './text.ts';
import { WallMap } from './wall-map.ts';

interface WallMapViewProps {
  readonly objects: readonly MapObject[];
  readonly towns: readonly Town[];
  readonly borders: readonly unknown[];
}

/** Holds the wall's map, and hands it what changed. Where it cannot be drawn, the lists beside it still say everything. */
export function WallMapView({ objects, towns, borders }: WallMapViewProps): ReactElement {
  const frame = useRef<HTMLDivElement>(null);
  const [map, setMap] = useState<WallMap | 'failed'>();
  useEffect(() => {
    if (!frame.current) return undefined;
    const drawn = draw(frame.current);
    setMap(drawn ?? 'failed');
    return () => drawn?.remove();
  }, []);
  const drawn = map === 'failed' ? undefined : map;
  useEffect(() => void drawn?.show('borders', borderFeatures(borders)), [drawn, borders]);
  useEffect(
    () => void drawn?.show('towns', points(towns.map((town) => ({ ...town, id: 0 })))),
    [drawn, towns],
  );
  useEffect(
    () => void drawn?.show('warned', points(objects.filter(({ level }) => level !== null))),
    [drawn, objects],
  );
  return (
    <>
      <div ref={frame} className="wall-map" hidden={map === 'failed'} />
      {map === 'failed' && <p className="wall-empty">{WALL_TEXT.notDrawn}</p>}
    </>
  );
}

type Spot = Pick<MapObject, 'id' | 'name' | 'lat' | 'lon' | 'level'>;

function points(spots: readonly Spot[]): GeoJSON.FeatureCollection {
  return {
    type: 'FeatureCollection',
    features: spots.map(({ id, name, lat, lon, level }) => ({
      type: 'Feature',
      id,
      geometry: { type: 'Point', coordinates: [lon, lat] },
      properties: { name, rank: rankOf(level), order: -rankOf(level) },
    })),
  };
}

function draw(frame: HTMLElement): WallMap | undefined {
  try {
    return new WallMap(frame);
  } catch {
    return undefined;
  }
}
