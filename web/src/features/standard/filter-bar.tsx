import { Input } from 'antd';
import { type ReactElement, type ReactNode, useState } from 'react';

import { ScenarioSelect } from '../../ui/scenario-select.tsx';
import { TEXT } from './text.ts';
import type { Filters } from './use-filters.ts';

interface FilterBarProps {
  readonly filters: Filters;
  /** Lists that are read page by page are not searched by text. */
  readonly plain?: boolean;
  /** What is searched for, where it is not a name or a code. */
  readonly search?: string;
  readonly children?: ReactNode;
}

/** Text and scenario, kept in the address. */
export function FilterBar({
  filters,
  plain = false,
  search = TEXT.search,
  children,
}: FilterBarProps): ReactElement {
  // The field keeps what is typed, blanks at its end too; the address has it trimmed.
  const [typed, setTyped] = useState(filters.q ?? '');
  return (
    <div className="filters" role="search">
      {!plain && (
        <Input.Search
          className="standard-search"
          allowClear
          maxLength={50}
          value={typed}
          placeholder={search}
          aria-label={search}
          onChange={({ target }) => {
            setTyped(target.value);
            filters.set({ q: target.value.trim() });
          }}
        />
      )}
      <ScenarioSelect value={filters.scenario} onChange={(scenario) => filters.set({ scenario })} />
      {children}
    </div>
  );
}
