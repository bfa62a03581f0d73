import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Segmented } from 'antd';
import type { ReactElement } from 'react';

import { CardsTable } from '../../../ui/cards-table.tsx';
import { ScenarioSelect } from '../../../ui/scenario-select.tsx';
import { Frame } from '../frame.tsx';
import { TEXT } from '../text.ts';
import { OwnLimitRow } from './own-limit-row.tsx';
import { type OwnLimitSearch, readOwnLimitSearch } from './own-limit-search.ts';
import { ownLimitsQuery } from './queries.ts';
import { OWN_TEXT } from './text.ts';

const FILTERS = ['all', 'proposed', 'in-force', 'off'] as const;

/** 标准 · 对象限值: objects with limits of their own, what waits for approval, and what a new version has switched off. */
export function OwnLimitsPage(): ReactElement {
  const search = readOwnLimitSearch(useSearch({ strict: false }));
  const navigate = useNavigate();
  const set = (change: OwnLimitSearch): void =>
    void navigate({
      to: '/standard/own-limits',
      search: readOwnLimitSearch({ ...search, ...change }),
      replace: true,
    });
  const { scenario, state } = search;
  const query = useInfiniteQuery(ownLimitsQuery({ scenario, state }));
  return (
    <Frame title={TEXT.module} hint={TEXT.hint} scenario={scenario}>
      <div className="filters" role="search">
        <Segmented
          value={FILTERS.find((one) => one === state) ?? 'all'}
          onChange={(value) => set({ state: value === 'all' ? undefined : value })}
          options={FILTERS.map((value) => ({ value, label: OWN_TEXT.filters[value] }))}
        />
        <ScenarioSelect value={scenario} onChange={(next) => set({ scenario: next })} />
        <span className="quiet">{OWN_TEXT.why}</span>
      </div>
      <CardsTable
        query={query}
        columns={OWN_TEXT.columns}
        empty={{ title: OWN_TEXT.none, hint: OWN_TEXT.noneHint }}
      >
        {(own) => <OwnLimitRow key={own.id} own={own} />}
      </CardsTable>
    </Frame>
  );
}
