import './handover.css';

import type { Handover } from '#contract/command';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { type ReactElement, useCallback, useMemo } from 'react';

import { formatDateTime } from '../../../app/format.ts';
import { useNow } from '../../../app/use-now.ts';
import { MoreButton } from '../../../ui/more-button.tsx';
import { Empty, Resource } from '../../../ui/states.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { useRowKeys } from '../../../ui/use-row-keys.ts';
import { Frame } from '../frame.tsx';
import { HandOverButton } from '../hand-over-button.tsx';
import { handoversQuery, nowQuery } from '../queries.ts';
import { stateSentence } from './state-sentence.ts';
import { HANDOVER_TEXT } from './text.ts';

const MINUTE_MS = 60_000;

/** 交接班: what was handed over, and what waits for a signature. */
export function HandoversPage(): ReactElement {
  const { waiting = false } = useSearch({ from: '/desk/command/handover' });
  const navigate = useNavigate();
  const query = useInfiniteQuery(handoversQuery(waiting));
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const ids = useMemo(() => rows.map(({ id }) => id), [rows]);
  const open = useCallback(
    (id: number) => void navigate({ to: '/command/handover/$id', params: { id: String(id) } }),
    [navigate],
  );
  const current = useRowKeys(ids, open);
  return (
    <Frame title={HANDOVER_TEXT.title} hint={HANDOVER_TEXT.hint}>
      <WriteNew />
      <div className="filters">
        <button
          type="button"
          className="toggle"
          aria-pressed={waiting}
          onClick={() =>
            void navigate({
              to: '/command/handover',
              search: waiting ? {} : { waiting: true },
              replace: true,
            })
          }
        >
          {HANDOVER_TEXT.waiting}
        </button>
      </div>
      <Resource query={query}>
        {() =>
          rows.length === 0 ? (
            <Empty
              title={waiting ? HANDOVER_TEXT.noneWaiting : HANDOVER_TEXT.noneTitle}
              hint={HANDOVER_TEXT.noneHint}
            />
          ) : (
            <div className="rows-frame">
              <ul className="handovers">
                {rows.map((row) => (
                  <HandoverRow key={row.id} handover={row} current={current === row.id} />
                ))}
              </ul>
              <MoreButton count={rows.length} query={query} />
            </div>
          )
        }
      </Resource>
    </Frame>
  );
}

/** The rosters whose running shift I may hand over. */
function WriteNew(): ReactElement | null {
  const query = useInfiniteQuery(nowQuery(undefined));
  const rosters = (query.data?.pages ?? [])
    .flatMap((page) => page.items)
    .filter((duty) => duty.allowedActions.includes('hand-over'));
  if (rosters.length === 0) return null;
  return (
    <ul className="handover-new">
      {rosters.map((duty) => (
        <li key={duty.roster.id}>
          <span>
            {duty.platform.name} <span className="quiet">{duty.roster.name}</span>
          </span>
          <HandOverButton duty={duty} />
        </li>
      ))}
    </ul>
  );
}

function HandoverRow({
  handover,
  current,
}: {
  readonly handover: Handover;
  readonly current: boolean;
}): ReactElement {
  const now = useNow(MINUTE_MS);
  const { shift, platform, roster, seat, outgoing, incoming, state, stateName } = handover;
  return (
    <li className="handover-row" data-row={handover.id} data-current={current}>
      <div className="handover-row-head">
        <Link to="/command/handover/$id" params={{ id: String(handover.id) }} className="row-link figures">
          {formatDateTime(shift.from)} – {formatDateTime(shift.to).slice(5)}
        </Link>
        <StateTag tone={state === 'complete' ? 'done' : 'waiting'}>{stateName}</StateTag>
      </div>
      <span>
        {platform.name} · {roster.name} · {seat}
      </span>
      <span>
        {outgoing.name} → {incoming?.name ?? HANDOVER_TEXT.nobody}
      </span>
      <span className="quiet">{stateSentence(handover, now)}</span>
    </li>
  );
}
