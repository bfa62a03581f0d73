import { useQuery } from '@tanstack/react-query';

import { kindQuery } from './choices.tsx';
import { NONE } from './text.ts';

export interface Names {
  readonly town: (code: string | null) => string;
  /** `防汛防台、燃气` */
  readonly scenarios: (codes: readonly string[]) => string;
}

/** Names of towns, zones and scenarios for the codes that records carry. */
export function useNames(): Names {
  const towns = useQuery(kindQuery('town'));
  const zones = useQuery(kindQuery('zone'));
  const scenarios = useQuery(kindQuery('scenario'));
  const places = [...(towns.data?.items ?? []), ...(zones.data?.items ?? [])];
  const known = scenarios.data?.items ?? [];
  return {
    town: (code) => (code === null ? NONE : (places.find((one) => one.code === code)?.name ?? code)),
    scenarios: (codes) =>
      codes.map((code) => known.find((one) => one.scenario === code)?.name ?? code).join('、'),
  };
}
