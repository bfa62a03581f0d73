import type { Town } from '#contract/platform';
import type { Coverage, coverageRoutes } from '#contract/standard';
import { useQueries, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { z } from 'zod';

import type { Bounds } from '../risk-map.ts';
import { type LackMark, lackMarks } from './lack-marks.ts';
import { coverageQuery, lacksInViewQuery } from './queries.ts';
import { MAP_GAPS } from './text.ts';
import { type TownCoverage, townCoverages } from './town-coverage.ts';

/** About two towns: closer than this the objects themselves are marked. */
const CLOSE_DEGREES = 0.3;
const NONE: readonly never[] = [];

export interface MapCoverage {
  readonly figures: UseQueryResult<Coverage>;
  readonly towns: readonly TownCoverage[];
  readonly lacks: Lacks;
  /** Close enough for lacks to be asked for. */
  readonly close: boolean;
}

interface Lacks {
  readonly marks: readonly LackMark[];
  /** More lie in view than were sent. */
  readonly truncated: boolean;
  readonly pending: boolean;
  readonly error: Error | null;
  readonly retry: () => void;
}

/** Coverage as the map shows it; asks for nothing while `on` is false. */
export function useCoverage(on: boolean, towns: readonly Town[], bounds: Bounds | undefined): MapCoverage {
  const figures = useQuery(coverageQuery(on));
  const close = on && bounds !== undefined && bounds.east - bounds.west <= CLOSE_DEGREES;
  const lacks = useQueries({
    queries: MAP_GAPS.map((gap) => lacksInViewQuery(gap, close ? bounds : undefined)),
    combine,
  });
  const { data } = figures;
  const shown = useMemo(
    () => (on && data !== undefined ? townCoverages(towns, data.towns) : NONE),
    [on, towns, data],
  );
  return { figures, towns: shown, close, lacks: close ? lacks : FAR };
}

const FAR: Lacks = { marks: NONE, truncated: false, pending: false, error: null, retry: () => undefined };

function combine(queries: UseQueryResult<z.output<typeof coverageRoutes.listLacks.reply>>[]): Lacks {
  return {
    marks: lackMarks(queries.flatMap(({ data }) => data?.items ?? [])),
    truncated: queries.some(({ data }) => (data?.next ?? null) !== null),
    pending: queries.some(({ isPending }) => isPending),
    error: queries.find(({ error }) => error !== null)?.error ?? null,
    retry: () => {
      for (const query of queries) void query.refetch();
    },
  };
}
