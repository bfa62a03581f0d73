import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import type { ReactElement, ReactNode } from 'react';

import { MoreButton } from '../../ui/more-button.tsx';
import { Empty, Resource } from '../../ui/states.tsx';

interface Page<Item> {
  readonly items: readonly Item[];
}

interface PagedProps<Item> {
  readonly query: UseInfiniteQueryResult<{ readonly pages: readonly Page<Item>[] }>;
  readonly columns: readonly string[];
  /** Said when there is no row at all. */
  readonly empty: { readonly title: string; readonly hint?: string };
  /** One row. */
  readonly children: (item: Item) => ReactNode;
}

/** A table that grows page by page. On the phone each row becomes a card whose cells name themselves. */
export function Paged<Item>({ query, columns, empty, children }: PagedProps<Item>): ReactElement {
  return (
    <Resource query={query}>
      {({ pages }) => {
        const items = pages.flatMap((page) => page.items);
        if (items.length === 0) return <Empty title={empty.title} hint={empty.hint} />;
        return (
          <div className="rows-frame">
            <table className="rows rows-cards">
              <thead>
                <tr>
                  {columns.map((column) => (
                    <th key={column} scope="col">
                      {column}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>{items.map(children)}</tbody>
            </table>
            <MoreButton count={items.length} query={query} />
          </div>
        );
      }}
    </Resource>
  );
}
