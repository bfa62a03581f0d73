import type { RehearsalResult } from '#contract/standard';
import type { ReactElement } from 'react';

import { LevelTag } from '../../../ui/level-tag.tsx';
import { TimeText } from '../../../ui/time-text.tsx';
import { REHEARSAL_TEXT as T } from './rehearsal-text.ts';
import { RowsTable } from '../../../ui/rows-table.tsx';

type Held = RehearsalResult['incidents'];
type Case = Held['rows'][number];

/** Incidents that are known, caught or missed; false alarms that are known, raised again or not. */
export function HeldCases({ result }: { readonly result: RehearsalResult }): ReactElement {
  const { incidents, falseAlarms, outside } = result;
  if (incidents.known + falseAlarms.known === 0)
    return (
      <section aria-label={T.incidents}>
        <h3>{T.incidents}</h3>
        <p className="quiet">{T.noCases}</p>
      </section>
    );
  return (
    <>
      <HeldTable title={T.incidents} held={incidents} note={T.outside(outside.draft, outside.current)} />
      <HeldTable title={T.falseAlarms} held={falseAlarms} />
    </>
  );
}

interface HeldTableProps {
  readonly title: string;
  readonly held: Held;
  readonly note?: string;
}

function HeldTable({ title, held, note }: HeldTableProps): ReactElement | null {
  if (held.known === 0) return null;
  const [, WHEN, CURRENT, DRAFT] = T.caseColumns;
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <p>
        {T.caught(held.draft, held.current, held.known)}
        {note !== undefined && <span className="quiet row-code">{note}</span>}
      </p>
      <div className="rows-frame rehearsal-table">
        <RowsTable columns={T.caseColumns} className="standard-rows">
          {held.rows.map((one) => (
            <tr key={`${one.from} ${one.to} ${one.text}`}>
              <th scope="row">
                {one.text}
                {one.object !== null && <span className="quiet row-code">{one.object}</span>}
              </th>
              <td data-label={WHEN}>
                <TimeText at={one.from} whole />
              </td>
              <td data-label={CURRENT}>
                <Caught by={one.current} from={one.from} />
              </td>
              <td data-label={DRAFT}>
                <Caught by={one.draft} from={one.from} />
              </td>
            </tr>
          ))}
        </RowsTable>
      </div>
    </section>
  );
}

const MINUTE_MS = 60_000;

function Caught({ by, from }: { readonly by: Case['draft']; readonly from: number }): ReactElement {
  if (!by) return <span className="quiet">{T.missed}</span>;
  const minutes = Math.round((from - by.openedAt) / MINUTE_MS);
  return (
    <span className="rehearsal-counts">
      <LevelTag level={by.level} />
      <span className="figures">{minutes >= 0 ? T.early(minutes) : T.late(-minutes)}</span>
    </span>
  );
}
