import type { platformRoutes } from '#contract/platform';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { z } from 'zod';

import { Loading } from '../../ui/states.tsx';
import { type Chosen, ChosenPanel } from './chosen-panel.tsx';
import { CoverageSide } from './coverage/coverage-side.tsx';
import type { MapCoverage } from './coverage/use-coverage.ts';
import { ObjectSearch } from './object-search.tsx';
import type { LngLat } from './risk-map.ts';
import { TEXT } from './text.ts';
import { WarningSide } from './warning-side.tsx';

/** Zooms that show one object with its neighbours, and one town whole. */
const OBJECT_ZOOM = 14;
const TOWN_ZOOM = 12.5;

interface MapSideProps {
  readonly covers: boolean;
  readonly picture: UseQueryResult<z.output<typeof platformRoutes.getMap.reply>>;
  readonly coverage: MapCoverage;
  readonly chosen: Chosen | undefined;
  readonly onChoose: (chosen: Chosen | undefined) => void;
  readonly onFly: (to: LngLat, zoom: number) => void;
}

/** What was chosen, or lists of everything that is drawn: choosing there flies there. */
export function MapSide({ covers, picture, coverage, chosen, onChoose, onFly }: MapSideProps): ReactElement {
  const go = (next: Chosen): void => {
    onChoose(next);
    if (next.at) onFly(next.at, next.what === 'town' ? TOWN_ZOOM : OBJECT_ZOOM);
  };
  const names = new Map(picture.data?.towns.map(({ code, name }) => [code, name]));
  return (
    <aside className="map-side" aria-label={TEXT.side}>
      <ObjectSearch onFound={(object) => go({ what: 'object', id: object.id, at: object })} />
      {chosen && (
        <ChosenPanel
          chosen={chosen}
          coverage={coverage}
          townName={(code) => names.get(code) ?? code}
          onClose={() => onChoose(undefined)}
        />
      )}
      <div className="map-lists">
        {covers && (
          <CoverageSide
            coverage={coverage}
            onTown={({ code, at }) => go({ what: 'town', code, at })}
            onLack={(mark) => go({ what: 'lack', id: mark.id, at: mark })}
          />
        )}
        {!covers && picture.isPending && <Loading />}
        {!covers && picture.data && (
          <WarningSide
            data={picture.data}
            chosen={chosen?.what === 'object' ? chosen.id : undefined}
            onTown={(town) => onFly(town, TOWN_ZOOM)}
            onObject={(object) => go({ what: 'object', id: object.id, at: object })}
          />
        )}
      </div>
    </aside>
  );
}
