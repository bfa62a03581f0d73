import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';

import { FilterBar } from './filter-bar.tsx';
import { Frame } from './frame.tsx';
import { HandbookRow } from './handbook-row.tsx';
import { handbooksQuery } from './queries.ts';
import { HANDBOOK_TEXT, TEXT } from './text.ts';
import { matches, useFilters } from './use-filters.ts';
import { WholeTable } from './whole-table.tsx';

/** 标准 · 指挥手册: what is done about each item at each level, and by whom. */
export function HandbooksPage(): ReactElement {
  const filters = useFilters('/standard/handbooks');
  const query = useQuery(handbooksQuery(filters.scenario));
  return (
    <Frame title={TEXT.module} hint={TEXT.hint} scenario={filters.scenario}>
      <FilterBar filters={filters} />
      <WholeTable
        query={query}
        columns={HANDBOOK_TEXT.columns}
        keep={({ item, itemName, scenarioName, steps, responsible, coUnits }) =>
          matches(filters.q, [
            item,
            itemName,
            scenarioName,
            responsible.unit,
            ...coUnits,
            ...steps.map(({ text }) => text),
          ])
        }
      >
        {(entry) => <HandbookRow key={entry.id} entry={entry} />}
      </WholeTable>
    </Frame>
  );
}
