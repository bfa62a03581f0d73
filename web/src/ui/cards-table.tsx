import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import type { ReactElement, ReactNode } from 'react';

import { MoreButton } from './more-button.tsx';
import { Empty, Resource } from './states.tsx';
import { RowsTable } from './rows-table.tsx';

interface CardsTableProps<Item> {
  readonly query: UseInfiniteQueryResult<{ readonly pages: readonly { readonly items: readonly Item[] }[] }>;
  readonly columns: readonly string[];
  /** Said when there is no row at all. */
  readonly empty: { readonly title: string; readonly hint?: ReactNode };
  /** One row. */
  readonly children: (item: Item) => ReactNode;
}

/** A table that grows page by page. On the phone each row becomes a card whose cells name themselves. */
export function CardsTable<Item>({ query, columns, empty, children }: CardsTableProps<Item>): ReactElement {
  return (
    <Resource query={query}>
      {({ pages }) => {
        const items = pages.flatMap((page) => page.items);
        if (items.length === 0) return <Empty title={empty.title} hint={empty.hint} />;
        return (
          <div className="rows-frame">
            <RowsTable columns={columns}>{items.map(children)}</RowsTable>
            <MoreButton count={items.length} query={query} />
          </div>
        );
      }}
    </Resource>
  );
}
