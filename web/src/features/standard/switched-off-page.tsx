import type { SwitchedOff } from '#contract/standard';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';

import { CardsTable } from '../../ui/cards-table.tsx';
import { FilterBar } from './filter-bar.tsx';
import { Frame } from './frame.tsx';
import { switchedOffQuery } from './queries.ts';
import { SWITCHED_OFF_TEXT, TEXT } from './text.ts';
import { useFilters } from './use-filters.ts';

type SwitchedOffSign = SwitchedOff['signs'][number];

const [, SIGNS, MISSING] = SWITCHED_OFF_TEXT.columns;
const LACKS = ['parameter', 'fact'] as const;

/** 标准 · 停用体征: where a sign cannot be judged because the object lacks a parameter, or a fact that nobody near it can tell. */
export function SwitchedOffPage(): ReactElement {
  const filters = useFilters('/standard/switched-off');
  const query = useInfiniteQuery(switchedOffQuery(filters.scenario));
  return (
    <Frame title={TEXT.module} hint={TEXT.hint} scenario={filters.scenario}>
      <FilterBar filters={filters} plain>
        <span className="quiet">{SWITCHED_OFF_TEXT.why}</span>
      </FilterBar>
      <CardsTable
        query={query}
        columns={SWITCHED_OFF_TEXT.columns}
        empty={{ title: SWITCHED_OFF_TEXT.none, hint: SWITCHED_OFF_TEXT.noneHint }}
      >
        {({ id, code, name, town, signs }) => (
          <tr key={id}>
            <th scope="row">
              <Link to="/platforms/objects" search={{ open: id }} className="row-link">
                {name}
              </Link>
              <span className="quiet row-code">{[code, town ?? ''].join(' ').trim()}</span>
            </th>
            <td data-label={SIGNS}>
              {signs.map((sign) => (
                <Link
                  key={sign.code}
                  className="standard-line"
                  to="/standard/signs/$code"
                  params={{ code: sign.code }}
                >
                  {sign.name}
                </Link>
              ))}
            </td>
            <td data-label={MISSING}>
              {LACKS.map((lacks) => {
                const names = missingOf(signs, lacks);
                return (
                  names.length > 0 && (
                    <span key={lacks} className="standard-line">
                      {SWITCHED_OFF_TEXT.lacks[lacks]}：{names.join('、')}
                    </span>
                  )
                );
              })}
            </td>
          </tr>
        )}
      </CardsTable>
    </Frame>
  );
}

/** Names of what the signs lack of one sort, each once. */
function missingOf(signs: readonly SwitchedOffSign[], lacks: SwitchedOffSign['lacks']): readonly string[] {
  const names = signs.filter((sign) => sign.lacks === lacks).flatMap(({ missing }) => missing);
  return [...new Set(names.map(({ name }) => name))];
}
