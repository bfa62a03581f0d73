import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';

import { ORDER_SECTIONS } from '../../app/order-sections.ts';
import { CardsTable } from '../../ui/cards-table.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { SectionTabs } from '../../ui/section-tabs.tsx';
import { Resource } from '../../ui/states.tsx';
import { TimeText } from '../../ui/time-text.tsx';
import { DrillStateTag } from './drill-state.tsx';
import { drillsQuery, scriptsQuery } from './queries.ts';
import { ScriptCard } from './script-card.tsx';
import { TEXT } from './text.ts';
import './drill.css';

/** 演练: the scripts there are, and the drills there were. */
export function DrillsPage(): ReactElement {
  const scripts = useQuery(scriptsQuery);
  const drills = useInfiniteQuery(drillsQuery);
  const [name, state, score, started, ended] = TEXT.columns;
  return (
    <div className="drills">
      <PageHead title={TEXT.title} hint={TEXT.hint} />
      <SectionTabs label={TEXT.title} sections={ORDER_SECTIONS} />
      <section aria-label={TEXT.scripts}>
        <h2>{TEXT.scripts}</h2>
        <Resource query={scripts}>
          {({ items }) => (
            <div className="drill-scripts">
              {items.map((script) => (
                <ScriptCard key={script.code} script={script} />
              ))}
            </div>
          )}
        </Resource>
      </section>
      <section aria-label={TEXT.past}>
        <h2>{TEXT.past}</h2>
        <CardsTable query={drills} columns={TEXT.columns} empty={{ title: TEXT.none, hint: TEXT.noneHint }}>
          {(drill) => (
            <tr key={drill.id}>
              <td data-label={name}>
                <Link to="/orders/drills/$id" params={{ id: String(drill.id) }} className="row-link">
                  {drill.name}
                </Link>
                <div className="quiet">{drill.scenarioName}</div>
              </td>
              <td data-label={state}>
                <DrillStateTag state={drill.state} />
              </td>
              <td data-label={score} className="figures">
                {drill.score ?? '—'}
              </td>
              <td data-label={started} className="nowrap">
                {drill.startedAt === null ? '—' : <TimeText at={drill.startedAt} />}
              </td>
              <td data-label={ended} className="nowrap">
                {drill.endedAt === null ? '—' : <TimeText at={drill.endedAt} />}
              </td>
            </tr>
          )}
        </CardsTable>
      </section>
    </div>
  );
}
