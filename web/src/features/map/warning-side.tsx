import type { MapObject, platformRoutes, Town } from '#contract/platform';
import type { ReactElement } from 'react';
import type { z } from 'zod';

import { MapLegend } from './map-legend.tsx';
import { ObjectList } from './object-list.tsx';
import { TownList } from './town-list.tsx';

interface WarningSideProps {
  readonly data: z.output<typeof platformRoutes.getMap.reply>;
  readonly chosen: number | undefined;
  readonly onTown: (town: Town) => void;
  readonly onObject: (object: MapObject) => void;
}

/** Beside the map: what the marks mean, towns with warnings, and the objects in view. */
export function WarningSide({ data, chosen, onTown, onObject }: WarningSideProps): ReactElement {
  return (
    <>
      <MapLegend objects={data.objects} />
      <TownList towns={data.towns} onChoose={onTown} />
      <ObjectList objects={data.objects} chosen={chosen} onChoose={onObject} />
    </>
  );
}
