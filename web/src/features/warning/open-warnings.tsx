import {
  ALARM_STATE_TEXT,
  ALARM_STATES,
  type Level,
  LEVEL_TEXT,
  LEVELS,
  WARNING_STATE_TEXT,
  WARNING_STATES,
} from '#model/warning';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Segmented } from 'antd';
import { type ReactElement, useCallback, useMemo } from 'react';

import { Choice } from '../../ui/choice.tsx';
import { LEVEL_COLORS } from '../../ui/level-colors.ts';
import { MoreButton } from '../../ui/more-button.tsx';
import { ScenarioSelect } from '../../ui/scenario-select.tsx';
import { Empty, Resource } from '../../ui/states.tsx';
import { useFresh } from '../../ui/use-fresh.ts';
import { useRowKeys } from '../../ui/use-row-keys.ts';
import type { CardScope } from './cards/queries.ts';
import { TEXT as CARDS_TEXT } from './cards/text.ts';
import { CardsWhenAsked } from './cards/cards-when-asked.tsx';
import { warningsQuery } from './queries.ts';
import type { WarningSearch } from './search.ts';
import { TEXT } from './text.ts';
import { WarningRow } from './warning-row.tsx';

/** 生效预警: warnings as they stand, newest first. */
export function OpenWarnings(): ReactElement {
  const { tab: _, desk: _desk, span: _span, view, ...search } = useSearch({ from: '/desk/warnings' });
  const asCards = view === 'cards';
  const navigate = useNavigate();
  const query = useInfiniteQuery(warningsQuery(search));
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const loaded = query.data !== undefined;
  const marks = useMemo(
    () => (loaded ? rows.map((row) => ({ id: row.id, mark: row.changedAt })) : undefined),
    [loaded, rows],
  );
  const fresh = useFresh(JSON.stringify(search), marks);
  const ids = useMemo(() => rows.map((row) => row.id), [rows]);
  const open = useCallback(
    (id: number) => void navigate({ to: '/warnings/$id', params: { id: String(id) } }),
    [navigate],
  );
  const current = useRowKeys(asCards ? NO_ROWS : ids, open);
  const filter = (change: { readonly [K in keyof WarningSearch]: WarningSearch[K] | undefined }): void => {
    const next = Object.fromEntries(
      Object.entries({ view, ...search, ...change }).filter(([, value]) => value !== undefined),
    );
    void navigate({ to: '/warnings', search: next, replace: true });
  };
  return (
    <>
      <div className="filters" role="search">
        <Segmented
          aria-label={CARDS_TEXT.viewLabel}
          value={asCards ? 'cards' : 'list'}
          options={[
            { value: 'list', label: CARDS_TEXT.views.list },
            { value: 'cards', label: CARDS_TEXT.views.cards },
          ]}
          onChange={(next) => filter({ view: next === 'cards' ? 'cards' : undefined })}
        />
        <OpenCounts
          counts={query.data?.pages[0]?.open}
          current={search.state === 'open' ? search.level : undefined}
          onPick={(level) =>
            filter(level ? { level, state: 'open', view: undefined } : { level: undefined, state: undefined })
          }
        />
        {!asCards && (
          <span className="hide-phone">
            <Choice
              label="等级"
              values={LEVELS.toReversed()}
              textOf={(level) => LEVEL_TEXT[level]}
              value={search.level}
              onChange={(level) => filter({ level })}
            />
          </span>
        )}
        <ScenarioSelect value={search.scenario} onChange={(scenario) => filter({ scenario })} />
        {!asCards && (
          <Choice
            label="状态"
            values={WARNING_STATES}
            textOf={(state) => WARNING_STATE_TEXT[state]}
            value={search.state}
            onChange={(state) => filter({ state })}
          />
        )}
        {!asCards && (
          <Choice
            label={TEXT.alarmState}
            values={ALARM_STATES}
            textOf={(state) => ALARM_STATE_TEXT[state]}
            value={search.alarmState}
            onChange={(alarmState) => filter({ alarmState })}
          />
        )}
        <Choice
          label={TEXT.replay.label}
          values={['true', 'false'] as const}
          textOf={(value) => TEXT.replay[value]}
          value={search.replay}
          onChange={(replay) => filter({ replay })}
        />
      </div>
      {asCards && <CardsWhenAsked scope={scopeOf(search)} />}
      <Resource query={query} rows={asCards ? 0 : 10}>
        {() =>
          asCards ? null : rows.length === 0 ? (
            <Empty title={TEXT.noneTitle} hint={TEXT.noneHint} />
          ) : (
            <div className="rows-frame">
              <table className="rows warning-rows">
                <thead>
                  <tr>
                    {Object.values(TEXT.columns).map((column) => (
                      <th key={column} scope="col">
                        {column}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {rows.map((row) => (
                    <WarningRow
                      key={row.id}
                      warning={row}
                      fresh={fresh.has(row.id)}
                      current={current === row.id}
                    />
                  ))}
                </tbody>
              </table>
              <MoreButton count={rows.length} query={query} />
            </div>
          )
        }
      </Resource>
    </>
  );
}

const NO_ROWS: readonly number[] = [];

/** Cards hold what is open, of every level. */
function scopeOf({ scenario, replay }: WarningSearch): CardScope {
  return { ...(scenario === undefined ? {} : { scenario }), ...(replay === undefined ? {} : { replay }) };
}

interface OpenCountsProps {
  readonly counts: Readonly<Record<Level, number>> | undefined;
  readonly current: Level | undefined;
  readonly onPick: (level: Level | undefined) => void;
}

/** Open warnings per level; a press shows only those. */
function OpenCounts({ counts, current, onPick }: OpenCountsProps): ReactElement {
  return (
    <div className="open-counts" role="group" aria-label="生效中的预警，按等级">
      {LEVELS.toReversed().map((level) => (
        <button
          key={level}
          type="button"
          className="open-count"
          aria-pressed={current === level}
          onClick={() => onPick(current === level ? undefined : level)}
        >
          <span className="open-count-mark" style={{ background: LEVEL_COLORS[level].fill }} aria-hidden />
          {LEVEL_TEXT[level]} <strong className="figures">{counts?.[level] ?? '–'}</strong>
        </button>
      ))}
    </div>
  );
}
