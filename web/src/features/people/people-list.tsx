import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import type { ReactElement, ReactNode } from 'react';

import { MoreButton } from '../../ui/more-button.tsx';
import { Empty, Resource } from '../../ui/states.tsx';

interface PeopleListProps<Item> {
  readonly query: UseInfiniteQueryResult<{ readonly pages: readonly { readonly items: readonly Item[] }[] }>;
  readonly empty: { readonly title: string; readonly hint?: string };
  readonly children: (items: readonly Item[]) => ReactNode;
}

/** A list that grows page by page. */
export function PeopleList<Item>({ query, empty, children }: PeopleListProps<Item>): ReactElement {
  return (
    <Resource query={query}>
      {({ pages }) => {
        const items = pages.flatMap((page) => page.items);
        if (items.length === 0) return <Empty title={empty.title} hint={empty.hint} />;
        return (
          <>
            {children(items)}
            <MoreButton count={items.length} query={query} />
          </>
        );
      }}
    </Resource>
  );
}
