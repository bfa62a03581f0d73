import { unitText } from '#model/standard';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';

import { formatNumber } from '../../app/format.ts';
import { BasisNote } from './basis-note.tsx';
import { FilterBar } from './filter-bar.tsx';
import { Frame } from './frame.tsx';
import { OfStandard } from './of-standard.tsx';
import { parametersQuery } from './queries.ts';
import { PARAMETER_TEXT, TEXT } from './text.ts';
import { matches, useFilters } from './use-filters.ts';
import { WholeTable } from './whole-table.tsx';

const [, UNIT, RANGE, OF, BASIS] = PARAMETER_TEXT.columns;

/** 标准 · 对象参数: what limits need to know of an object. */
export function ParametersPage(): ReactElement {
  const filters = useFilters('/standard/parameters');
  const query = useQuery(parametersQuery(filters.scenario));
  return (
    <Frame title={TEXT.module} hint={TEXT.hint} scenario={filters.scenario}>
      <FilterBar filters={filters} />
      <WholeTable
        query={query}
        columns={PARAMETER_TEXT.columns}
        keep={({ code, name, scenarioName }) => matches(filters.q, [code, name, scenarioName])}
      >
        {(parameter) => (
          <tr key={parameter.code}>
            <th scope="row">
              {parameter.name}
              <span className="quiet row-code">{parameter.code}</span>
            </th>
            <td data-label={UNIT}>{unitText(parameter.unit) || TEXT.dash}</td>
            <td data-label={RANGE}>
              {formatNumber(parameter.range[0])} – {formatNumber(parameter.range[1])}
            </td>
            <td data-label={OF}>
              <OfStandard row={parameter} />
            </td>
            <td data-label={BASIS}>
              <BasisNote basis={parameter.basis} />
            </td>
          </tr>
        )}
      </WholeTable>
    </Frame>
  );
}
