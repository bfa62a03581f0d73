import type { CompositeSignView } from '#contract/standard';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';

import { LevelTag } from '../../../ui/level-tag.tsx';
import { BasisNote, Unverified } from '../basis-note.tsx';
import { OfStandard } from '../of-standard.tsx';
import { WholeTable } from '../whole-table.tsx';
import { Condition } from './condition.tsx';
import { compositesQuery } from './queries.ts';
import { COMPOSITE_TEXT } from './text.ts';
import { withinWords } from './within-words.ts';

const [, AT, CONDITION, BASIS, VERSION] = COMPOSITE_TEXT.columns;

interface CompositeTableProps {
  readonly scenario: string | undefined;
  readonly keep: (composite: CompositeSignView) => boolean;
}

/** 复合体征 below the plain ones: what makes each true, in words. Not there where a scenario has none. */
export function CompositeTable({ scenario, keep }: CompositeTableProps): ReactElement | null {
  const query = useQuery(compositesQuery(scenario));
  if (query.data?.filter(keep).length === 0) return null;
  return (
    <section>
      <h2 className="standard-part">
        {COMPOSITE_TEXT.title} <span className="quiet small">{COMPOSITE_TEXT.hint}</span>
      </h2>
      <WholeTable query={query} columns={COMPOSITE_TEXT.columns} keep={keep}>
        {(composite) => <CompositeRow key={composite.id} composite={composite} />}
      </WholeTable>
    </section>
  );
}

function CompositeRow({ composite }: { readonly composite: CompositeSignView }): ReactElement {
  const { code, name, verified, elementName, levels, basis, within } = composite;
  return (
    <tr>
      <th scope="row">
        <Link to="/standard/signs/$code" params={{ code }} className="row-link">
          {name}
        </Link>{' '}
        {!verified && <Unverified />}
        <span className="quiet row-code">{code}</span>
      </th>
      <td data-label={AT}>
        {elementName}
        <span className="quiet row-code">{withinWords(within)}</span>
      </td>
      <td data-label={CONDITION}>
        {levels.map(({ level, words, when }) => (
          <div key={level} className="standard-line">
            <LevelTag level={level} /> <Condition words={words} when={when} />
          </div>
        ))}
      </td>
      <td data-label={BASIS}>
        <BasisNote basis={basis} />
      </td>
      <td data-label={VERSION}>
        <OfStandard row={composite} />
      </td>
    </tr>
  );
}
