import { rarityRoutes } from '#contract/monitoring';
import { queryOptions, useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';

import { call } from '../../../app/call.ts';
import { LEARNT_TEXT } from './text.ts';

const EVERY_MS = 60_000;

const rarityQuery = (point: string) =>
  queryOptions({
    queryKey: ['monitoring', 'rarity', point],
    queryFn: ({ signal }) => call(rarityRoutes.getRarity, { query: { point }, signal }),
    refetchInterval: EVERY_MS,
  });

/** What a point's detector has learnt of it, in one line. Nothing where no sign looks at how rare its readings are. */
export function Learnt({ point }: { readonly point: string }): ReactElement | null {
  const { data } = useQuery(rarityQuery(point));
  const learnt = data?.learnt;
  if (!learnt) return null;
  const { since, at, readings, readyAt, seen } = learnt;
  const lasted = at - since;
  const ordinary = seen ?? LEARNT_TEXT.ordinary(lasted, readings);
  return (
    <span className="quiet">
      {LEARNT_TEXT.label}：
      {readyAt === null ? ordinary : LEARNT_TEXT.learning(lasted, readings, readyAt - at)}
    </span>
  );
}
