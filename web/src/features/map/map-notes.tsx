import type { platformRoutes } from '#contract/platform';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { z } from 'zod';

import { Failure } from '../../ui/states.tsx';
import { TEXT } from './text.ts';

interface MapNotesProps {
  readonly picture: UseQueryResult<z.output<typeof platformRoutes.getMap.reply>>;
  readonly borders: UseQueryResult<z.output<typeof platformRoutes.getBorders.reply>>;
  /** Of the marks that are drawn, some in view are not. */
  readonly truncated: string | undefined;
}

/** What the picture does not show, what went wrong, and whose data it is. */
export function MapNotes({ picture, borders, truncated }: MapNotesProps): ReactElement {
  const credits = [...new Set([borders.data?.attribution, picture.data?.attribution])].filter(Boolean);
  return (
    <>
      <div className="map-notes">
        {borders.data?.features.length === 0 && <p>{TEXT.noBorders}</p>}
        {truncated !== undefined && <p>{truncated}</p>}
        {picture.error && <Failure error={picture.error} retry={() => void picture.refetch()} />}
        {borders.error && <Failure error={borders.error} retry={() => void borders.refetch()} />}
      </div>
      {credits.length > 0 && <p className="map-credits">{credits.join(' · ')}</p>}
    </>
  );
}
