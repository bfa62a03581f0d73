import { Button } from 'antd';
import type { UseQueryResult } from '@tanstack/react-query';
import { type ReactElement, type ReactNode, useState } from 'react';

import { Empty, Resource } from '../../ui/states.tsx';
import { TEXT } from './text.ts';
import { RowsTable } from '../../ui/rows-table.tsx';

const STEP = 100;

interface WholeTableProps<Item> {
  readonly query: Pick<UseQueryResult<readonly Item[]>, 'data' | 'error' | 'isPending' | 'refetch'>;
  readonly columns: readonly string[];
  readonly keep: (item: Item) => boolean;
  readonly children: (item: Item) => ReactNode;
}

/** A list that is there as a whole, drawn a hundred rows at a time. On the phone each row becomes a card. */
export function WholeTable<Item>({ query, columns, keep, children }: WholeTableProps<Item>): ReactElement {
  const [most, setMost] = useState(STEP);
  return (
    <Resource query={query} rows={10}>
      {(all) => {
        const kept = all.filter(keep);
        if (kept.length === 0) return <Empty title={TEXT.none} hint={TEXT.noneHint} />;
        const shown = kept.slice(0, most);
        return (
          <div className="rows-frame">
            <RowsTable columns={columns} className="standard-rows">
              {shown.map(children)}
            </RowsTable>
            <div className="rows-foot">
              <span>{TEXT.count(shown.length, kept.length)}</span>
              {shown.length < kept.length && (
                <Button onClick={() => setMost(most + STEP)}>{TEXT.more}</Button>
              )}
            </div>
          </div>
        );
      }}
    </Resource>
  );
}
