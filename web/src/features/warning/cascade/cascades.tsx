import './cascade.css';

import { Segmented } from 'antd';
import { useInfiniteQuery } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';

import { MoreButton } from '../../../ui/more-button.tsx';
import { Empty, Resource } from '../../../ui/states.tsx';
import { CascadeCard } from './cascade-card.tsx';
import { Dependencies } from './dependencies.tsx';
import { type CascadeState, cascadesQuery } from './queries.ts';
import { Rules } from './rules.tsx';
import { CASCADE_TEXT } from './text.ts';

const VIEWS = ['running', 'ended', 'rules', 'edges'] as const;
type View = (typeof VIEWS)[number];

/** 连带影响: what stands warnings bring about, how good the rules are, and what leans on what. */
export function Cascades(): ReactElement {
  const [view, setView] = useState<View>('running');
  return (
    <>
      <div className="filters">
        <Segmented<View>
          aria-label={CASCADE_TEXT.panel}
          value={view}
          onChange={setView}
          options={VIEWS.map((value) => ({ value, label: CASCADE_TEXT.views[value] }))}
        />
      </div>
      {view === 'rules' && <Rules />}
      {view === 'edges' && <Dependencies />}
      {(view === 'running' || view === 'ended') && <CascadeList key={view} state={view} />}
    </>
  );
}

function CascadeList({ state }: { readonly state: CascadeState }): ReactElement {
  const query = useInfiniteQuery(cascadesQuery(state));
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Resource query={query} rows={8}>
      {() =>
        rows.length === 0 ? (
          <Empty
            title={state === 'running' ? CASCADE_TEXT.none : CASCADE_TEXT.noneEnded}
            hint={CASCADE_TEXT.noneHint}
          />
        ) : (
          <>
            {rows.map((cascade) => (
              <CascadeCard key={cascade.id} cascade={cascade} />
            ))}
            <MoreButton count={rows.length} query={query} />
          </>
        )
      }
    </Resource>
  );
}
