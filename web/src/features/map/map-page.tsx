import './map.css';

import type { platformRoutes } from '#contract/platform';
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactElement, useState } from 'react';
import type { z } from 'zod';

import { useCan } from '../../app/session.ts';
import { PageHead } from '../../ui/page-head.tsx';
import { Failure, Loading } from '../../ui/states.tsx';
import { useFreshObjects } from './fresh-objects.ts';
import { ImportBorders } from './import-borders.tsx';
import { MapLegend } from './map-legend.tsx';
import { bordersQuery, mapQuery } from './map-queries.ts';
import { type Drawn, MapView } from './map-view.tsx';
import { ObjectList } from './object-list.tsx';
import { ObjectPanel } from './object-panel.tsx';
import { ObjectSearch } from './object-search.tsx';
import type { Bounds } from './risk-map.ts';
import { TEXT } from './text.ts';
import { TownList } from './town-list.tsx';

/** Zooms that show one object with its neighbours, and one town whole. */
const OBJECT_ZOOM = 14;
const TOWN_ZOOM = 12.5;
const NONE: readonly never[] = [];

type Picture = UseQueryResult<z.output<typeof platformRoutes.getMap.reply>>;
type Borders = UseQueryResult<z.output<typeof platformRoutes.getBorders.reply>>;

interface Chosen {
  readonly id: number;
  readonly lon: number;
  readonly lat: number;
}

/** 风险一张图: where it is, how bad it is, and what stands there. Asks only for what is in view. */
export function MapPage(): ReactElement {
  const [drawn, setDrawn] = useState<Drawn>();
  const [bounds, setBounds] = useState<Bounds>();
  const [chosen, setChosen] = useState<Chosen>();
  const picture = useQuery(mapQuery(bounds));
  const borders = useQuery(bordersQuery);
  const fresh = useFreshObjects();
  const mayImport = useCan('borders.import');
  const map = drawn === 'failed' ? undefined : drawn;
  const { objects, towns } = picture.data ?? { objects: NONE, towns: NONE };

  const choose = (object: Chosen | undefined, fly: boolean): void => {
    if (!object) return;
    setChosen({ id: object.id, lon: object.lon, lat: object.lat });
    if (fly) map?.flyTo(object, OBJECT_ZOOM);
  };
  const find = (id: number): Chosen | undefined => objects.find((object) => object.id === id);

  return (
    <div className="map-page">
      <PageHead
        title={TEXT.title}
        extra={
          <>
            <Button onClick={() => map?.showDistrict()}>{TEXT.whole}</Button>
            {mayImport && <ImportBorders />}
          </>
        }
      />
      <div className="map-body" data-chosen={chosen !== undefined}>
        <div className="map-frame">
          <MapView
            objects={objects}
            towns={towns}
            borders={borders.data?.features ?? NONE}
            chosen={chosen}
            fresh={fresh}
            drawn={drawn}
            onDrawn={setDrawn}
            onMove={setBounds}
            onChoose={(id) => choose(find(id), false)}
          />
          <MapNotes picture={picture} borders={borders} />
        </div>
        <aside className="map-side" aria-label="对象与图例">
          <ObjectSearch onFound={(object) => choose(object, true)} />
          {chosen && (
            <ObjectPanel
              key={chosen.id}
              id={chosen.id}
              townName={(code) => towns.find((town) => town.code === code)?.name ?? code}
              onClose={() => setChosen(undefined)}
            />
          )}
          <div className="map-lists">
            {picture.isPending && <Loading />}
            {picture.data && (
              <>
                <MapLegend objects={objects} />
                <TownList towns={towns} onChoose={(town) => map?.flyTo(town, TOWN_ZOOM)} />
                <ObjectList objects={objects} chosen={chosen?.id} onChoose={(id) => choose(find(id), true)} />
              </>
            )}
          </div>
        </aside>
      </div>
    </div>
  );
}

/** What the picture does not show, what went wrong, and whose data it is. */
function MapNotes({
  picture,
  borders,
}: {
  readonly picture: Picture;
  readonly borders: Borders;
}): ReactElement {
  const credits = [...new Set([borders.data?.attribution, picture.data?.attribution])].filter(Boolean);
  return (
    <>
      <div className="map-notes">
        {borders.data?.features.length === 0 && <p>{TEXT.noBorders}</p>}
        {picture.data?.truncated === true && <p>{TEXT.truncated}</p>}
        {picture.error && <Failure error={picture.error} retry={() => void picture.refetch()} />}
        {borders.error && <Failure error={borders.error} retry={() => void borders.refetch()} />}
      </div>
      {credits.length > 0 && <p className="map-credits">{credits.join(' · ')}</p>}
    </>
  );
}
