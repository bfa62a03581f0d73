import type { RehearsedLevels } from '#contract/standard';
import { LEVELS } from '#model/warning';
import type { ReactElement } from 'react';

import { LevelTag } from '../../../ui/level-tag.tsx';
import { REHEARSAL_TEXT as T } from './rehearsal-text.ts';
import { RowsTable } from '../../../ui/rows-table.tsx';

interface BesideRow {
  readonly key: string;
  readonly name: string;
  readonly hint?: string | undefined;
  readonly draft: RehearsedLevels;
  readonly current: RehearsedLevels;
}

interface BesideTableProps {
  readonly title: string;
  readonly rows: readonly BesideRow[];
  readonly note?: string | undefined;
}

/** The draft's warnings beside those of the version in force, row by row. */
export function BesideTable({ title, rows, note }: BesideTableProps): ReactElement | null {
  if (rows.length === 0) return null;
  const [, CURRENT, DRAFT, MORE] = T.beforeColumns;
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <div className="rows-frame rehearsal-table">
        <RowsTable columns={T.beforeColumns} className="standard-rows">
          {rows.map(({ key, name, hint, draft, current }) => (
            <tr key={key}>
              <th scope="row">
                {name}
                {hint !== undefined && <span className="quiet row-code">{hint}</span>}
              </th>
              <td data-label={CURRENT}>
                <LevelCounts levels={current} />
              </td>
              <td data-label={DRAFT}>
                <LevelCounts levels={draft} />
              </td>
              <td data-label={MORE} className="figures">
                {difference(total(draft) - total(current))}
              </td>
            </tr>
          ))}
        </RowsTable>
      </div>
      {note !== undefined && <p className="quiet">{note}</p>}
    </section>
  );
}

function LevelCounts({ levels }: { readonly levels: RehearsedLevels }): ReactElement {
  const some = LEVELS.toReversed().filter((level) => levels[level] > 0);
  if (some.length === 0) return <span className="quiet">0</span>;
  return (
    <span className="rehearsal-counts">
      {some.map((level) => (
        <span key={level} className="figures">
          <LevelTag level={level} /> {levels[level]}
        </span>
      ))}
    </span>
  );
}

function total({ blue, yellow, orange, red }: RehearsedLevels): number {
  return blue + yellow + orange + red;
}

/** With its sign: more is +, fewer is −. */
export function difference(by: number): string {
  if (by === 0) return '不变';
  return by > 0 ? `+${by.toLocaleString('zh-CN')}` : `−${(-by).toLocaleString('zh-CN')}`;
}
