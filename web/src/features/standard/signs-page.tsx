import type { Sign } from '#contract/standard';
import { LEVEL_TEXT } from '#model/warning';
import { SIGN_LEVELS } from '#model/standard';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';

import { Unverified } from './basis-note.tsx';
import { CompositeTable } from './composite/composite-table.tsx';
import { FilterBar } from './filter-bar.tsx';
import { Frame } from './frame.tsx';
import { LevelCell } from './level-cell.tsx';
import { OfStandard } from './of-standard.tsx';
import { signsQuery } from './queries.ts';
import { SIGN_TEXT, TEXT } from './text.ts';
import { matches, useFilters } from './use-filters.ts';
import { useNames } from './use-names.ts';
import { WholeTable } from './whole-table.tsx';
import { measureText, type Names } from './words.ts';

/** 标准 · 预警体征: the limits of every sign, level by level. */
export function SignsPage(): ReactElement {
  const filters = useFilters('/standard/signs');
  const query = useQuery(signsQuery(filters.scenario));
  const names = useNames(filters.scenario);
  return (
    <Frame title={TEXT.module} hint={TEXT.hint} scenario={filters.scenario}>
      <FilterBar filters={filters} />
      <WholeTable
        query={query}
        columns={SIGN_TEXT.columns}
        keep={(sign) =>
          matches(filters.q, [
            sign.code,
            sign.name,
            sign.element,
            sign.elementName,
            sign.item,
            sign.itemName,
            sign.scenarioName,
          ])
        }
      >
        {(sign) => <SignRow key={sign.id} sign={sign} names={names} />}
      </WholeTable>
      <CompositeTable
        scenario={filters.scenario}
        keep={({ code, name, itemName, elementName }) =>
          matches(filters.q, [code, name, itemName, elementName])
        }
      />
    </Frame>
  );
}

function SignRow({ sign, names }: { readonly sign: Sign; readonly names: Names }): ReactElement {
  return (
    <tr>
      <th scope="row">
        <Link to="/standard/signs/$code" params={{ code: sign.code }} className="row-link">
          {sign.name}
        </Link>{' '}
        {!sign.verified && <Unverified />}
        <span className="quiet row-code">{sign.code}</span>
      </th>
      <td data-label={SIGN_TEXT.columns[1]}>
        {sign.elementName}
        <span className="quiet row-code">{measureText(sign, names)}</span>
      </td>
      {SIGN_LEVELS.map((level) => {
        const cell = sign.levels.find((one) => one.level === level);
        return (
          <td key={level} data-label={LEVEL_TEXT[level]}>
            {cell ? (
              <LevelCell level={level} cell={cell} sign={sign} names={names} />
            ) : (
              <span className="quiet">{TEXT.dash}</span>
            )}
          </td>
        );
      })}
      <td data-label={SIGN_TEXT.columns[6]}>
        <OfStandard row={sign} />
      </td>
    </tr>
  );
}
