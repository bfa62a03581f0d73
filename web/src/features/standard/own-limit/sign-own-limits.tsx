import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';

import { CardsTable } from '../../../ui/cards-table.tsx';
import { OwnLimitRow } from './own-limit-row.tsx';
import { ownLimitsQuery } from './queries.ts';
import { OWN_TEXT } from './text.ts';

/** Objects that have, had or ask for limits of their own under one sign. */
export function SignOwnLimits({ sign }: { readonly sign: string }): ReactElement {
  const query = useInfiniteQuery(ownLimitsQuery({ sign }));
  if (query.data?.pages[0]?.items.length === 0) return <p className="quiet">{OWN_TEXT.ofNone}</p>;
  return (
    <CardsTable query={query} columns={OWN_TEXT.columns} empty={{ title: OWN_TEXT.ofNone }}>
      {(own) => <OwnLimitRow key={own.id} own={own} />}
    </CardsTable>
  );
}
