import './quality.css';

import { QUALITY_BY, type QualityBy } from '#contract/monitoring';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Input, Segmented } from 'antd';
import { type ReactElement, useDeferredValue, useState } from 'react';

import { CardsTable } from '../../../ui/cards-table.tsx';
import { ScenarioSelect } from '../../../ui/scenario-select.tsx';
import { Findings } from './findings.tsx';
import { Pipeline } from './pipeline.tsx';
import { qualityQuery } from './queries.ts';
import { QualityLine } from './quality-line.tsx';
import { BY_TEXT, QUALITY_TEXT } from './text.ts';

const DAYS = [1, 7, 14, 31].map((days) => ({ value: days, label: days === 1 ? '今日' : `${days} 天` }));
const BY = QUALITY_BY.map((by) => ({ value: by, label: BY_TEXT[by] }));

/** 监测要素 · 质量: the way of the data, what is wrong with it now, and how good it was, group by group. */
export function Quality(): ReactElement {
  const [by, setBy] = useState<QualityBy>('scenario');
  const [days, setDays] = useState(7);
  const [scenario, setScenario] = useState<string>();
  const [text, setText] = useState('');
  const search = useDeferredValue(text.trim());
  const query = useInfiniteQuery(qualityQuery({ by, days, scenario, search }));
  const isNarrowed = search !== '' || scenario !== undefined;
  const [, ...figures] = QUALITY_TEXT.columns;
  return (
    <div className="quality">
      <p className="quiet">{QUALITY_TEXT.intro}</p>
      <Pipeline />
      <Findings />
      <div className="filters" role="search">
        <Segmented value={by} onChange={setBy} options={BY} aria-label={QUALITY_TEXT.by} />
        <Segmented value={days} onChange={setDays} options={DAYS} aria-label={QUALITY_TEXT.days} />
        <ScenarioSelect value={scenario} onChange={setScenario} />
        <Input.Search
          className="filter-search"
          allowClear
          maxLength={50}
          value={text}
          placeholder={QUALITY_TEXT.search}
          aria-label={QUALITY_TEXT.search}
          onChange={({ target }) => setText(target.value)}
        />
      </div>
      <CardsTable
        query={query}
        columns={[BY_TEXT[by], ...figures]}
        empty={
          isNarrowed
            ? { title: QUALITY_TEXT.notFound }
            : { title: QUALITY_TEXT.none, hint: QUALITY_TEXT.noneHint }
        }
      >
        {(row) => <QualityLine key={row.key} row={row} by={BY_TEXT[by]} />}
      </CardsTable>
      <details className="quality-formula">
        <summary>{QUALITY_TEXT.formula}</summary>
        <p>{QUALITY_TEXT.formulaText}</p>
        <ul>
          {QUALITY_TEXT.figures.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </details>
    </div>
  );
}
