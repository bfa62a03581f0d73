import './coverage.css';

import type { Coverage } from '#contract/standard';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import type { ReactElement } from 'react';

import { formatNumber } from '../../../app/format.ts';
import { ScenarioSelect } from '../../../ui/scenario-select.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { Empty, Resource } from '../../../ui/states.tsx';
import { TimeText } from '../../../ui/time-text.tsx';
import { Frame } from '../frame.tsx';
import { TEXT } from '../text.ts';
import { LackList } from './lack-list.tsx';
import { coverageQuery } from './queries.ts';
import { rateText } from '../../../ui/rate-text.ts';
import { RateMatrix } from './rate-matrix.tsx';
import { RateTable } from './rate-table.tsx';
import { type CoverageSearch, readCoverageSearch } from './search.ts';
import { Steps } from './steps.tsx';
import { COVERAGE_TEXT } from './text.ts';

/** 标准 · 覆盖: from what should be watched to somebody who acts, one figure a step, each opening to what is missing. */
export function CoveragePage(): ReactElement {
  const search = readCoverageSearch(useSearch({ strict: false }));
  const navigate = useNavigate();
  const set = (change: CoverageSearch): void =>
    void navigate({
      to: '/standard/coverage',
      search: readCoverageSearch({ ...search, ...change }),
      replace: true,
      resetScroll: false,
    });
  const query = useQuery(coverageQuery(search));
  const { scenario, town } = search;
  const address = new URLSearchParams(
    Object.entries({ scenario, town }).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  ).toString();
  return (
    <Frame title={TEXT.module} hint={COVERAGE_TEXT.hint} scenario={scenario}>
      <div className="filters" role="search">
        <ScenarioSelect value={scenario} onChange={(next) => set({ scenario: next })} />
        {town !== undefined && (
          <Button onClick={() => set({ town: undefined })}>
            {COVERAGE_TEXT.narrowed(query.data?.towns.find((one) => one.town === town)?.name ?? town)} ✕
          </Button>
        )}
        <a href={`/api/v1/coverage.xlsx?${address}`} download>
          {COVERAGE_TEXT.download}
        </a>
      </div>
      <Resource query={query}>{(data) => <Figures data={data} search={search} set={set} />}</Resource>
    </Frame>
  );
}

interface FiguresProps {
  readonly data: Coverage;
  readonly search: CoverageSearch;
  readonly set: (change: CoverageSearch) => void;
}

function Figures({ data, search, set }: FiguresProps): ReactElement {
  const { takenAt, total, plans } = data;
  if (takenAt === null) return <Empty title={COVERAGE_TEXT.never} />;
  if (total.registered === 0 && total.should === null)
    return <Empty title={COVERAGE_TEXT.empty} hint={COVERAGE_TEXT.emptyHint} />;
  return (
    <div className="coverage">
      <section className="panel coverage-head" aria-label={COVERAGE_TEXT.steps}>
        <p className="coverage-rate">
          <strong className="figures">{rateText(total.rate)}</strong>
          <span title={COVERAGE_TEXT.rateWhy}>{COVERAGE_TEXT.rate}</span>
          <span className="quiet">
            {COVERAGE_TEXT.taken} <TimeText at={takenAt} />
          </span>
          {plans.open > 0 && (
            <StateTag tone={plans.overdue > 0 ? 'late' : 'quiet'}>
              {COVERAGE_TEXT.plans(formatNumber(plans.open), formatNumber(plans.overdue))}
            </StateTag>
          )}
        </p>
        <Steps
          figures={total}
          open={search.gap}
          onOpen={(gap) => set({ gap: gap === search.gap ? undefined : gap })}
        />
      </section>
      {search.gap !== undefined && (
        <LackList
          key={`${search.gap} ${search.scenario ?? ''} ${search.town ?? ''}`}
          gap={search.gap}
          narrowed={search}
        />
      )}
      <Breakdown data={data} search={search} set={set} />
    </div>
  );
}

/** Where: all towns and scenarios as a picture, one scenario by town and kind, one town by village. */
function Breakdown({ data, search, set }: FiguresProps): ReactElement {
  const { scenario, town } = search;
  if (scenario === undefined && town === undefined) return <RateMatrix data={data} onOpen={set} />;
  return (
    <>
      {town === undefined ? (
        <RateTable
          head={COVERAGE_TEXT.town}
          rows={data.towns.map((row) => ({ key: row.town, name: row.name, figures: row }))}
          onOpen={(key) => set({ town: key })}
        />
      ) : (
        <RateTable
          head={COVERAGE_TEXT.village}
          rows={data.villages.map((row) => ({ key: row.village ?? '', name: row.name, figures: row }))}
        />
      )}
      {scenario !== undefined && (
        <RateTable
          head={COVERAGE_TEXT.kind}
          rows={data.kinds.map((row) => ({ key: row.kind ?? '', name: row.name, figures: row }))}
        />
      )}
    </>
  );
}
