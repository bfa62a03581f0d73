import type { Performance } from '#contract/warning';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type ReactElement, useState } from 'react';

import { Empty, Resource } from '../../../ui/states.tsx';
import { ActorDrawer } from './actor-drawer.tsx';
import { Actors } from './actors.tsx';
import { Figures } from './figures.tsx';
import { Nuisances } from './nuisances.tsx';
import { PerformanceBar } from './performance-bar.tsx';
import { type ActorKey, type Looked, performanceQuery } from './queries.ts';
import { PERFORMANCE_TEXT } from './text.ts';
import './performance.css';

const USUAL = '30d';

/** 预警绩效: how well the alarms of a desk did, which of them should not have called anybody, and what would quiet them. */
export function PerformanceTab(): ReactElement {
  const { desk, span = USUAL } = useSearch({ from: '/desk/warnings' });
  const navigate = useNavigate();
  const looked: Looked = { desk, span };
  const query = useQuery(performanceQuery(looked));
  const [chosen, setChosen] = useState<ActorKey>();
  const look = (next: Partial<Looked>): void => {
    const at = next.desk ?? desk;
    void navigate({
      to: '/warnings',
      search: { tab: 'performance', span: next.span ?? span, ...(at === undefined ? {} : { desk: at }) },
      replace: true,
    });
  };
  return (
    <div className="performance">
      <p className="quiet">{PERFORMANCE_TEXT.intro}</p>
      <Resource query={query} rows={12}>
        {(data) => (
          <div
            className={query.isPlaceholderData ? 'performance performance-waiting' : 'performance'}
            aria-busy={query.isPlaceholderData}
          >
            <PerformanceBar data={data} span={span} onLook={look} />
            {isBlank(data) ? (
              <Empty title={PERFORMANCE_TEXT.none} hint={PERFORMANCE_TEXT.noneHint} />
            ) : (
              <>
                <Figures data={data} />
                <Actors actors={data.actors} span={span} onChoose={setChosen} />
              </>
            )}
            <Nuisances looked={{ desk: data.desk.code, span }} onChoose={setChosen} />
          </div>
        )}
      </Resource>
      <ActorDrawer actor={chosen} span={span} onClose={() => setChosen(undefined)} />
    </div>
  );
}

function isBlank({ counts, figures }: Performance): boolean {
  const standing = figures.find(({ key }) => key === 'stale')?.value ?? 0;
  return counts.warnings === 0 && counts.alarms === 0 && standing === 0;
}
