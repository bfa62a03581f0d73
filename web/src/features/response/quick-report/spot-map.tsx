import { platformRoutes } from '#contract/platform';
import { Marker, type StyleSpecification } from 'maplibre-gl';
import { type ReactElement, useEffect, useRef, useState } from 'react';

import { call } from '../../../app/call.ts';
import { borderFeatures } from '../../../ui/border-features.ts';
import { openDistrictMap } from '../../../ui/district-map.ts';
import { EMPTY } from '../../../ui/map-ground.ts';
import { TEXT } from './text.ts';

interface Spot {
  readonly lat: number;
  readonly lon: number;
}

const STYLE: StyleSpecification = {
  version: 8,
  sources: { borders: { type: 'geojson', data: EMPTY } },
  layers: [
    { id: 'ground', type: 'background', paint: { 'background-color': '#eef2f3' } },
    { id: 'borders', type: 'line', source: 'borders', paint: { 'line-color': '#8b999f', 'line-width': 1 } },
  ],
};
const NEAR_ZOOM = 14;

/** A map on which one taps where it is; said where it cannot be drawn. */
export function SpotMap({
  spot,
  onPick,
}: {
  readonly spot: Spot | null;
  readonly onPick: (spot: Spot) => void;
}): ReactElement {
  const frame = useRef<HTMLDivElement>(null);
  const from = useRef(spot);
  const pick = useRef(onPick);
  useEffect(() => {
    pick.current = onPick;
  }, [onPick]);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    if (!frame.current) return undefined;
    const gone = new AbortController();
    const remove = draw(frame.current, { from: from.current, pick: (to) => pick.current(to), gone });
    if (remove === undefined) setFailed(true);
    return () => {
      gone.abort();
      remove?.();
    };
  }, []);
  if (failed) return <p className="quiet">{TEXT.noMap}</p>;
  return <div ref={frame} className="spot-map" role="application" aria-label={TEXT.map} />;
}

function draw(
  frame: HTMLElement,
  given: {
    readonly from: Spot | null;
    readonly pick: (spot: Spot) => void;
    readonly gone: AbortController;
  },
): (() => void) | undefined {
  const { from, pick, gone } = given;
  try {
    const map = openDistrictMap(frame, { style: STYLE, label: TEXT.map });
    const marker = new Marker({ color: '#0e5f63' });
    if (from) {
      marker.setLngLat([from.lon, from.lat]).addTo(map);
      map.jumpTo({ center: [from.lon, from.lat], zoom: NEAR_ZOOM });
    }
    map.on('click', ({ lngLat }) => {
      marker.setLngLat(lngLat).addTo(map);
      pick({ lat: lngLat.lat, lon: lngLat.lng });
    });
    map.once('style.load', () => {
      // Borders help to find the place; without a signal the ground is empty and a tap still tells.
      void call(platformRoutes.getBorders, { signal: gone.signal }).then(
        ({ features }) => {
          const source = map.getSource('borders');
          if (source && 'setData' in source)
            (source as { setData(data: object): void }).setData(borderFeatures(features));
        },
        () => undefined,
      );
    });
    return () => map.remove();
  } catch {
    return undefined;
  }
}
