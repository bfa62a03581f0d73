import type { GatheredObjects, MapObject, Town } from '#contract/platform';
import { type ReactElement, useEffect, useEffectEvent, useMemo, useRef } from 'react';

import { coveredBorders, lackFeatures, townMarks } from './coverage/coverage-features.ts';
import type { MapCoverage } from './coverage/use-coverage.ts';
import { borderFeatures } from '../../ui/border-features.ts';
import { objectFeatures, townFeatures } from './map-features.ts';
import { type Bounds, type Listeners, RiskMap } from './risk-map.ts';
import { TEXT } from './text.ts';

/** `undefined` before the first paint; `failed` where the browser cannot draw (no WebGL 2). */
export type Drawn = RiskMap | 'failed' | undefined;

interface MapViewProps {
  /** Whether it is known yet what stands here; until then nothing is drawn, instead of nothing being told. */
  readonly known: boolean;
  readonly objects: readonly MapObject[];
  /** Those that are too many to be drawn one by one. */
  readonly gathered: readonly GatheredObjects[];
  readonly towns: readonly Town[];
  readonly borders: readonly unknown[];
  /** Empty while the map shows warnings. */
  readonly coverage: Pick<MapCoverage, 'towns' | 'lacks'>;
  readonly chosen: { readonly lon: number; readonly lat: number } | undefined;
  readonly fresh: readonly number[];
  readonly drawn: Drawn;
  readonly onDrawn: (drawn: Drawn) => void;
  readonly onMove: (bounds: Bounds) => void;
  readonly onChoose: (id: number) => void;
  readonly onTown: (code: string) => void;
}

/** Holds the drawn map and hands it what changed; the map itself is outside React. */
export function MapView(props: MapViewProps): ReactElement {
  const { known, objects, gathered, towns, borders, coverage, chosen, fresh, drawn } = props;
  const frame = useRef<HTMLDivElement>(null);
  const moved = useEffectEvent(props.onMove);
  const chose = useEffectEvent(props.onChoose);
  const choseTown = useEffectEvent(props.onTown);
  const tell = useEffectEvent(props.onDrawn);

  useEffect(() => {
    if (!frame.current) return undefined;
    const map = draw(frame.current, {
      onMove: (bounds) => moved(bounds),
      onChoose: (id) => chose(id),
      onTown: (code) => choseTown(code),
    });
    tell(map ?? 'failed');
    return () => {
      map?.remove();
      tell(undefined);
    };
  }, []);

  const map = drawn === 'failed' ? undefined : drawn;
  useEffect(() => {
    if (known) void map?.show('objects', objectFeatures(objects, gathered));
  }, [map, known, objects, gathered]);
  useEffect(() => {
    if (known) void map?.show('towns', townFeatures(towns));
  }, [map, known, towns]);
  useEffect(() => void map?.show('borders', borderFeatures(borders)), [map, borders]);
  const { towns: covered, lacks } = coverage;
  useEffect(() => void map?.show('town-marks', townMarks(covered)), [map, covered]);
  useEffect(() => void map?.show('covered', coveredBorders(borders, covered)), [map, borders, covered]);
  useEffect(() => void map?.show('lacks', lackFeatures(lacks.marks)), [map, lacks.marks]);

  const { lon, lat } = chosen ?? {};
  useEffect(() => {
    const at = lon === undefined || lat === undefined ? [] : [[lon, lat]];
    void map?.show('chosen', { type: 'MultiPoint', coordinates: at });
  }, [map, lon, lat]);

  const byId = useMemo(() => new Map(objects.map((object) => [object.id, object])), [objects]);
  const pulsing = fresh.join(',');
  useEffect(() => {
    const ids = pulsing === '' ? [] : pulsing.split(',').map(Number);
    map?.pulse(ids.flatMap((id) => byId.get(id) ?? []));
  }, [map, pulsing, byId]);

  return (
    <>
      <div ref={frame} className="map-canvas" hidden={drawn === 'failed'} />
      {drawn === 'failed' && <p className="map-failed">{TEXT.notDrawn}</p>}
    </>
  );
}

/** Undefined where there is no WebGL 2: the lists beside the map still say everything. */
function draw(frame: HTMLElement, listeners: Listeners): RiskMap | undefined {
  try {
    return new RiskMap(frame, listeners);
  } catch {
    return undefined;
  }
}
