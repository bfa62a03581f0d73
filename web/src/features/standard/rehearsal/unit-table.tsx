import type { RehearsalResult } from '#contract/standard';
import type { ReactElement } from 'react';

import { difference } from './beside-table.tsx';
import { REHEARSAL_TEXT as T } from './rehearsal-text.ts';
import { RowsTable } from '../../../ui/rows-table.tsx';

const TENTH = 10;

/** What the warnings would cost each unit in hours of work, and where the figure comes from. */
export function UnitTable({ result }: { readonly result: RehearsalResult }): ReactElement | null {
  const { units, grounds } = result;
  if (units.length === 0) return null;
  const [, CURRENT, DRAFT, MORE] = T.unitColumns;
  return (
    <section aria-label={T.units}>
      <h3>{T.units}</h3>
      <div className="rows-frame">
        <RowsTable columns={T.unitColumns} className="standard-rows">
          {units.map(({ unit, draft, current }) => (
            <tr key={unit}>
              <th scope="row">{unit}</th>
              <td data-label={CURRENT} className="figures">
                {T.hoursOf(current.hours)}
                <span className="quiet row-code">{T.warningsOf(current.warnings)}</span>
              </td>
              <td data-label={DRAFT} className="figures">
                {T.hoursOf(draft.hours)}
                <span className="quiet row-code">{T.warningsOf(draft.warnings)}</span>
              </td>
              <td data-label={MORE} className="figures">
                {difference(Math.round((draft.hours - current.hours) * TENTH) / TENTH)}
              </td>
            </tr>
          ))}
        </RowsTable>
      </div>
      <p className="quiet">
        {T.groundsTitle}
        {T.grounds(grounds.measured, grounds.limit, grounds.standing)}
      </p>
    </section>
  );
}
