import { type ReactElement, useEffect, useEffectEvent, useRef, useState } from 'react';

import { BlindMap } from './blind-map.ts';
import { type MarkedTown, markFeatures, stateBorders } from './blind-towns.ts';
import { BLIND_TEXT } from './text.ts';

interface BlindMapViewProps {
  readonly towns: readonly MarkedTown[];
  readonly borders: readonly unknown[];
  readonly chosen: string | undefined;
  readonly onTown: (code: string) => void;
}

/** Holds the drawn map and hands it what changed; where it cannot be drawn the list says everything. */
export function BlindMapView({ towns, borders, chosen, onTown }: BlindMapViewProps): ReactElement {
  const frame = useRef<HTMLDivElement>(null);
  const [map, setMap] = useState<BlindMap | 'failed'>();
  const chose = useEffectEvent(onTown);
  useEffect(() => {
    if (!frame.current) return undefined;
    const drawn = draw(frame.current, (code) => chose(code));
    setMap(drawn ?? 'failed');
    return () => {
      drawn?.remove();
      setMap(undefined);
    };
  }, []);

  const drawn = map === 'failed' ? undefined : map;
  useEffect(() => void drawn?.show('marks', markFeatures(towns)), [drawn, towns]);
  useEffect(() => void drawn?.show('borders', stateBorders(borders, towns)), [drawn, borders, towns]);
  const { lon = null, lat = null } = towns.find(({ code }) => code === chosen) ?? {};
  useEffect(() => {
    const at = lon === null || lat === null ? [] : [[lon, lat]];
    void drawn?.show('chosen', { type: 'MultiPoint', coordinates: at });
  }, [drawn, lon, lat]);

  return (
    <>
      <div ref={frame} className="blind-canvas" hidden={map === 'failed'} />
      {map === 'failed' && <p className="blind-undrawn">{BLIND_TEXT.noDrawing}</p>}
    </>
  );
}

function draw(frame: HTMLElement, onTown: (code: string) => void): BlindMap | undefined {
  try {
    return new BlindMap(frame, onTown);
  } catch {
    return undefined;
  }
}
