import { LEVEL_TEXT, LEVELS } from '#model/warning';
import { Link } from '@tanstack/react-router';
import { type ReactElement, useMemo } from 'react';

import { formatNumber } from '../../app/format.ts';
import { Chart } from '../../ui/chart.tsx';
import { LevelTag } from '../../ui/level-tag.tsx';
import { Empty } from '../../ui/states.tsx';
import { Figure } from './figure.tsx';
import { dayOption, scenarioHeight, scenarioOption } from './month-options.ts';
import type { Month } from './month-query.ts';
import { type Rows, TEXT } from './text.ts';

interface WarningsSectionProps {
  readonly warnings: Month['warnings'];
  readonly rows: Rows;
}

const WORST_FIRST = LEVELS.toReversed();

/** Warnings of the month: by level, by scenario (picture and table say the same), by day. */
export function WarningsSection({ warnings, rows }: WarningsSectionProps): ReactElement {
  const replay = rows === 'live' ? 'false' : 'true';
  const scenarios = useMemo(() => scenarioOption(warnings), [warnings]);
  const days = useMemo(() => dayOption(warnings), [warnings]);
  return (
    <section className="panel">
      <h2>{TEXT.warnings}</h2>
      <dl className="figures-row">
        <Figure
          name={TEXT.total}
          value={
            <Link to="/warnings" search={{ replay }}>
              {formatNumber(warnings.total)}
            </Link>
          }
        />
        {WORST_FIRST.map((level) => (
          <Figure
            key={level}
            name={<LevelTag level={level} />}
            value={
              <Link to="/warnings" search={{ level, replay }}>
                {formatNumber(warnings.byLevel[level])}
              </Link>
            }
          />
        ))}
      </dl>
      {warnings.total === 0 ? (
        <Empty title={TEXT.noWarnings} hint={TEXT.noWarningsHint} />
      ) : (
        <div className="report-charts">
          <figure>
            <figcaption>{TEXT.byScenario}</figcaption>
            <Chart option={scenarios} height={scenarioHeight(warnings)} label={TEXT.byScenario} />
          </figure>
          <figure>
            <figcaption>{TEXT.byDay}</figcaption>
            <Chart option={days} height={220} label={dayWords(warnings)} />
          </figure>
          <ScenarioTable warnings={warnings} replay={replay} />
        </div>
      )}
    </section>
  );
}

function dayWords({ byDay }: Month['warnings']): string {
  const days = byDay.filter(({ total }) => total > 0).map(({ day, total }) => `${day} ${total} 条`);
  return `${TEXT.byDay}：${days.join('，')}`;
}

interface ScenarioTableProps {
  readonly warnings: Month['warnings'];
  readonly replay: 'true' | 'false';
}

function ScenarioTable({ warnings, replay }: ScenarioTableProps): ReactElement {
  return (
    <table className="rows">
      <thead>
        <tr>
          <th scope="col">{TEXT.scenario}</th>
          {WORST_FIRST.map((level) => (
            <th key={level} scope="col" className="number">
              {LEVEL_TEXT[level]}
            </th>
          ))}
          <th scope="col" className="number">
            {TEXT.total}
          </th>
        </tr>
      </thead>
      <tbody>
        {warnings.byScenario
          .toSorted((a, b) => b.total - a.total)
          .map(({ scenario, name, total, byLevel }) => (
            <tr key={scenario}>
              <td>{name}</td>
              {WORST_FIRST.map((level) => (
                <td key={level} className="number">
                  {byLevel[level] === 0 ? (
                    <span className="quiet">0</span>
                  ) : (
                    <Link to="/warnings" search={{ scenario, level, replay }}>
                      {formatNumber(byLevel[level])}
                    </Link>
                  )}
                </td>
              ))}
              <td className="number">
                <Link to="/warnings" search={{ scenario, replay }}>
                  {formatNumber(total)}
                </Link>
              </td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}
