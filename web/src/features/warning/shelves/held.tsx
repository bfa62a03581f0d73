import type { Holder } from '#contract/warning';
import { HOLD_KIND_TEXT } from '#model/warning';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';

import { ServiceWindows } from '../../../ui/service/service-windows.tsx';
import { LevelTag } from '../../../ui/level-tag.tsx';
import { RowsTable } from '../../../ui/rows-table.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { Empty, Resource } from '../../../ui/states.tsx';
import { TimeText } from '../../../ui/time-text.tsx';
import { holdersQuery } from './queries.ts';
import { Rules } from './rules.tsx';
import { Shelves } from './shelves.tsx';
import { SHELF_TEXT } from './text.ts';
import { Until } from './until.tsx';
import './shelves.css';

/** 搁置与抑制: everything that keeps alarms from becoming warnings, by what, until when, and how many stand behind it. */
export function Held(): ReactElement {
  const query = useQuery(holdersQuery);
  return (
    <div className="held">
      <p className="quiet">{SHELF_TEXT.intro}</p>
      <section className="panel" aria-label={SHELF_TEXT.holders}>
        <h2>{SHELF_TEXT.holders}</h2>
        <Resource query={query}>
          {({ items, shelvedWarnings }) => (
            <>
              {shelvedWarnings > 0 && <p className="held-aside">{SHELF_TEXT.aside(shelvedWarnings)}</p>}
              {items.length === 0 ? (
                <Empty title={SHELF_TEXT.noHolders} />
              ) : (
                <RowsTable columns={SHELF_TEXT.holderColumns} label={SHELF_TEXT.holders}>
                  {items.map((one) => (
                    <HolderLine key={`${one.kind} ${one.by}`} holder={one} />
                  ))}
                </RowsTable>
              )}
            </>
          )}
        </Resource>
      </section>
      <Shelves />
      <Rules />
      <ServiceWindows onlyOut />
    </div>
  );
}

function HolderLine({ holder: one }: { readonly holder: Holder }): ReactElement {
  const [kind, why, since, until, alarms, worst] = SHELF_TEXT.holderColumns;
  return (
    <tr>
      <td data-label={kind}>
        <StateTag tone="quiet">{HOLD_KIND_TEXT[one.kind]}</StateTag>
      </td>
      <td data-label={why}>{one.reason}</td>
      <td data-label={since} className="nowrap">
        <TimeText at={one.since} />
      </td>
      <td data-label={until} className="nowrap">
        {one.until === null ? SHELF_TEXT.noEnd : <Until at={one.until} />}
      </td>
      <td data-label={alarms} className="figures">
        {SHELF_TEXT.alarms(one.alarms)}
      </td>
      <td data-label={worst}>
        <LevelTag level={one.worst} />
      </td>
    </tr>
  );
}
