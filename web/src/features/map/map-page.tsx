import './map.css';

import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Segmented } from 'antd';
import { type ReactElement, useState } from 'react';

import { useCan } from '../../app/session.ts';
import { PageHead } from '../../ui/page-head.tsx';
import type { Chosen } from './chosen-panel.tsx';
import { COVERAGE_TEXT } from './coverage/text.ts';
import { type MapCoverage, useCoverage } from './coverage/use-coverage.ts';
import { useFreshObjects } from './fresh-objects.ts';
import { ImportBorders } from './import-borders.tsx';
import { MapNotes } from './map-notes.tsx';
import { bordersQuery, mapQuery, WHOLE } from './map-queries.ts';
import { readMapSearch } from './map-search.ts';
import { MapSide } from './map-side.tsx';
import { type Drawn, MapView } from './map-view.tsx';
import { TEXT } from './text.ts';

const NONE: readonly never[] = [];
const NOTHING = { objects: NONE, gathered: NONE, towns: NONE, truncated: false };

/** 风险一张图: where it is, how bad it is, and what stands there; or how far it is covered. Asks only for what is in view. */
export function MapPage(): ReactElement {
  const [drawn, setDrawn] = useState<Drawn>();
  const [bounds, setBounds] = useState(WHOLE);
  const [chosen, setChosen] = useState<Chosen>();
  const covers = useShownCoverage();
  const picture = useQuery(mapQuery(bounds));
  const borders = useQuery(bordersQuery);
  const fresh = useFreshObjects();
  const map = drawn === 'failed' ? undefined : drawn;
  const { objects, gathered, towns, truncated } = picture.data ?? NOTHING;
  const coverage = useCoverage(covers, towns, bounds);

  const chooseObject = (id: number): void => {
    const at = (covers ? coverage.lacks.marks : objects).find((one) => one.id === id);
    if (at) setChosen({ what: covers ? 'lack' : 'object', id, at });
  };
  return (
    <div className="map-page">
      <MapHead covers={covers} onSwitch={() => setChosen(undefined)} onWhole={() => map?.showDistrict()} />
      <div className="map-body" data-chosen={chosen !== undefined}>
        <div className="map-frame">
          <MapView
            known={picture.data !== undefined}
            objects={covers ? NONE : objects}
            gathered={covers ? NONE : gathered}
            towns={towns}
            borders={borders.data?.features ?? NONE}
            coverage={coverage}
            chosen={chosen?.at}
            fresh={fresh}
            drawn={drawn}
            onDrawn={setDrawn}
            onMove={setBounds}
            onChoose={chooseObject}
            onTown={(code) => {
              const at = towns.find((town) => town.code === code);
              setChosen({ what: 'town', code, at });
            }}
          />
          <MapNotes
            picture={picture}
            borders={borders}
            truncated={truncatedText(covers, coverage, truncated)}
          />
        </div>
        <MapSide
          covers={covers}
          picture={picture}
          coverage={coverage}
          chosen={chosen}
          onChoose={setChosen}
          onFly={(to, zoom) => map?.flyTo(to, zoom)}
        />
      </div>
    </div>
  );
}

/** Whether coverage is shown: asked for in the address, and to be read by this person. */
function useShownCoverage(): boolean {
  const { show } = readMapSearch(useSearch({ strict: false }));
  return useCan('object.read') && show === 'coverage';
}

function truncatedText(covers: boolean, { lacks }: MapCoverage, objects: boolean): string | undefined {
  if (covers) return lacks.truncated ? COVERAGE_TEXT.truncated : undefined;
  return objects ? TEXT.truncated : undefined;
}

interface MapHeadProps {
  readonly covers: boolean;
  readonly onSwitch: () => void;
  readonly onWhole: () => void;
}

function MapHead({ covers, onSwitch, onWhole }: MapHeadProps): ReactElement {
  const navigate = useNavigate();
  const mayImport = useCan('borders.import');
  const mayCover = useCan('object.read');
  return (
    <PageHead
      title={TEXT.title}
      extra={
        <>
          {mayCover && (
            <Segmented
              aria-label={TEXT.show}
              value={covers}
              onChange={(next) => {
                onSwitch();
                void navigate({ to: '/map', search: next ? { show: 'coverage' } : {}, replace: true });
              }}
              options={[
                { value: false, label: TEXT.showWarnings },
                { value: true, label: TEXT.showCoverage },
              ]}
            />
          )}
          <Button onClick={onWhole}>{TEXT.whole}</Button>
          {mayImport && <ImportBorders />}
        </>
      }
    />
  );
}
