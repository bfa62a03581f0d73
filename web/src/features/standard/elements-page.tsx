import type { Element } from '#contract/standard';
import { unitText } from '#model/standard';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';

import { formatNumber } from '../../app/format.ts';
import { StateTag } from '../../ui/state-tag.tsx';
import { BasisNote } from './basis-note.tsx';
import { FilterBar } from './filter-bar.tsx';
import { Frame } from './frame.tsx';
import { OfStandard } from './of-standard.tsx';
import { elementsQuery } from './queries.ts';
import { ELEMENT_TEXT, SENSING_TEXT, TEXT } from './text.ts';
import { matches, useFilters } from './use-filters.ts';
import { WholeTable } from './whole-table.tsx';
import { spanText } from './words.ts';

const [NAME, UNIT, RANGE, PERIOD, SENSING, OF, BASIS] = ELEMENT_TEXT.columns;

/** 标准 · 监测要素: what is measured, how often, and why. */
export function ElementsPage(): ReactElement {
  const filters = useFilters('/standard');
  const query = useQuery(elementsQuery(filters.scenario));
  return (
    <Frame title={TEXT.module} hint={TEXT.hint} scenario={filters.scenario}>
      <FilterBar filters={filters} />
      <WholeTable
        query={query}
        columns={ELEMENT_TEXT.columns}
        keep={({ code, name, scenarioName }) => matches(filters.q, [code, name, scenarioName])}
      >
        {(element) => (
          <tr key={`${element.scenario} ${element.code}`}>
            <th scope="row" aria-label={NAME}>
              {element.name} {element.key && <StateTag tone="active">{ELEMENT_TEXT.key}</StateTag>}
              <span className="quiet row-code">{element.code}</span>
            </th>
            <td data-label={UNIT}>
              {element.states.length > 0 ? TEXT.dash : unitText(element.unit) || TEXT.dash}
            </td>
            <td data-label={RANGE}>{rangeText(element)}</td>
            <td data-label={PERIOD}>{periodText(element)}</td>
            <td data-label={SENSING}>{SENSING_TEXT[element.sensing]}</td>
            <td data-label={OF}>
              <OfStandard row={element} />
              <br />
              <Link to="/standard/signs" search={{ scenario: element.scenario, q: element.code }}>
                {ELEMENT_TEXT.signs}
              </Link>
            </td>
            <td data-label={BASIS}>
              <BasisNote basis={element.basis} />
            </td>
          </tr>
        )}
      </WholeTable>
    </Frame>
  );
}

function rangeText({ range, states }: Element): string {
  if (states.length > 0) return states.map(({ value, name }) => `${value} ${name}`).join('、');
  return range === null ? TEXT.dash : `${formatNumber(range[0])} – ${formatNumber(range[1])}`;
}

function periodText({ periodSeconds, densePeriodSeconds }: Element): string {
  const usual = periodSeconds === 0 ? ELEMENT_TEXT.event : spanText(periodSeconds);
  return densePeriodSeconds === null
    ? usual
    : `${usual}，${ELEMENT_TEXT.dense(spanText(densePeriodSeconds))}`;
}
