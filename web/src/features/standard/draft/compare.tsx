import type { StandardChange } from '#contract/standard';
import { LEVELS, LEVEL_TEXT } from '#model/warning';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';

import { Empty, Resource } from '../../../ui/states.tsx';
import { COMPARE_TEXT } from '../draft-text.ts';
import { comparisonQuery } from '../queries.ts';
import { CHANGE_TEXT, TEXT } from '../text.ts';
import { RowsTable } from '../../../ui/rows-table.tsx';

interface CompareProps {
  readonly id: number;
  /** Of the draft's row. */
  readonly version: number;
  readonly against?: number | undefined;
}

/** 比较: every difference in words, before and after side by side. */
export function Compare({ id, version, against }: CompareProps): ReactElement {
  const query = useQuery(comparisonQuery(id, version, against));
  return (
    <Resource query={query}>
      {({ with: other, items }) =>
        items.length === 0 ? (
          <Empty title={COMPARE_TEXT.none} hint={COMPARE_TEXT.noneHint} />
        ) : (
          <>
            <p className="quiet standard-notices">{COMPARE_TEXT.with(other.version, items.length)}</p>
            <ChangeTable changes={items} />
          </>
        )
      }
    </Resource>
  );
}

export function ChangeTable({ changes }: { readonly changes: readonly StandardChange[] }): ReactElement {
  const [, BEFORE, AFTER] = COMPARE_TEXT.columns;
  return (
    <div className="rows-frame">
      <RowsTable columns={COMPARE_TEXT.columns} className="standard-rows">
        {changes.map(({ kind, code, field, text, before, after }) => (
          <tr key={`${kind} ${code} ${field}`}>
            <th scope="row">
              {text.length > 120 ? `${text.slice(0, 120)}…` : text}
              <span className="quiet row-code">
                {CHANGE_TEXT[kind]} {codeText(code)}
              </span>
            </th>
            <td data-label={BEFORE} className="compare-before">
              <span className="compare-words">{before ?? TEXT.dash}</span>
            </td>
            <td data-label={AFTER} className="compare-after">
              <span className="compare-words">{after ?? TEXT.dash}</span>
            </td>
          </tr>
        ))}
      </RowsTable>
    </div>
  );
}

/** An entry of the handbook goes by its item and its level: `FLOOD.I01 红色`. */
function codeText(code: string): string {
  const [of = '', word] = code.split(' ');
  const level = LEVELS.find((one) => one === word);
  return level ? `${of} ${LEVEL_TEXT[level]}` : code;
}
