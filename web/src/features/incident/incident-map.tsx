import type { IncidentDetail } from '#contract/response';
import type { Level } from '#model/warning';
import type { FeatureCollection } from 'geojson';
import {
  type ExpressionSpecification,
  LngLatBounds,
  type Map as MapLibre,
  type StyleSpecification,
} from 'maplibre-gl';
import { type ReactElement, useEffect, useRef, useState } from 'react';

import { openDistrictMap } from '../../ui/district-map.ts';
import { LEVEL_COLORS } from '../../ui/level-colors.ts';
import { TEXT } from './text.ts';

type Spots = IncidentDetail['spots'];

const COLOR = [
  'match',
  ['get', 'level'],
  ...(Object.keys(LEVEL_COLORS) as Level[]).flatMap((level) => [level, LEVEL_COLORS[level].fill]),
  '#667',
] as unknown as ExpressionSpecification;

function styleOf(spots: Spots): StyleSpecification {
  return {
    version: 8,
    sources: { spots: { type: 'geojson', data: featuresOf(spots) } },
    layers: [
      { id: 'ground', type: 'background', paint: { 'background-color': '#eef2f3' } },
      {
        id: 'spots',
        type: 'circle',
        source: 'spots',
        paint: {
          'circle-radius': 7,
          'circle-color': COLOR,
          'circle-opacity': ['case', ['get', 'closed'], 0.35, 1],
          'circle-stroke-width': 1.5,
          'circle-stroke-color': '#fff',
        },
      },
    ],
  };
}

function featuresOf(spots: Spots): FeatureCollection {
  return {
    type: 'FeatureCollection',
    features: spots.map(({ lat, lon, level, state }) => ({
      type: 'Feature',
      properties: { level, closed: state === 'closed' },
      geometry: { type: 'Point', coordinates: [lon, lat] },
    })),
  };
}

/** Where the incident's orders lie; the list says everything where it cannot be drawn. */
export function IncidentMap({ spots }: { readonly spots: Spots }): ReactElement {
  const frame = useRef<HTMLDivElement>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    if (!frame.current) return undefined;
    const map = draw(frame.current, spots);
    setFailed(map === undefined);
    return () => map?.remove();
  }, [spots]);
  return (
    <>
      <div ref={frame} className="incident-map" hidden={failed} />
      {failed && <p className="quiet panel-body">{TEXT.noMap}</p>}
    </>
  );
}

function draw(frame: HTMLElement, spots: Spots): MapLibre | undefined {
  try {
    const map = openDistrictMap(frame, { style: styleOf(spots), label: TEXT.map });
    const bounds = new LngLatBounds();
    for (const { lat, lon } of spots) bounds.extend([lon, lat]);
    if (spots.length > 0) map.fitBounds(bounds, { padding: 40, maxZoom: 13, duration: 0 });
    return map;
  } catch {
    return undefined;
  }
}
