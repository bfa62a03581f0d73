import './events.css';

import type { SuspectedEvent } from '#contract/monitoring';
import { SUSPECTED_ORIGINS, SUSPECTED_STATE_TEXT, SUSPECTED_STATES } from '#model/monitoring';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { type ReactElement, useDeferredValue, useState } from 'react';

import { formatNumber, formatShare } from '../../../app/format.ts';
import { useCan } from '../../../app/session.ts';
import { CardsTable } from '../../../ui/cards-table.tsx';
import { Choice } from '../../../ui/choice.tsx';
import { SimulatedTag } from '../../../ui/replay-tag.tsx';
import { TimeText } from '../../../ui/time-text.tsx';
import { EventDrawer } from './event-drawer.tsx';
import { type EventFilter, eventsQuery } from './event-queries.ts';
import { EventState, nameOf } from './event-state.tsx';
import { ReportDialog } from './report-dialog.tsx';
import { EVENT_TEXT, ORIGIN_TEXT, REPORT_TEXT } from './text.ts';

const ALL: EventFilter = { state: undefined, origin: undefined, search: '' };

/** 疑似事件: what cameras have recognised and people have reported, for somebody to look at. */
export function Events(): ReactElement {
  const [filter, setFilter] = useState<EventFilter>({ ...ALL, state: 'suspected' });
  const search = useDeferredValue(filter.search.trim());
  const query = useInfiniteQuery(eventsQuery({ ...filter, search }));
  const [shown, setShown] = useState<number>();
  const [isReporting, setReporting] = useState(false);
  const mayReport = useCan('event.report');
  const isNarrow = search !== '' || filter.origin !== undefined || filter.state !== undefined;
  return (
    <>
      <p className="quiet events-intro">{EVENT_TEXT.intro}</p>
      <div className="filters">
        <Input.Search
          className="filter-search"
          allowClear
          maxLength={50}
          value={filter.search}
          placeholder={EVENT_TEXT.search}
          aria-label={EVENT_TEXT.search}
          onChange={({ target }) => setFilter({ ...filter, search: target.value })}
        />
        <Choice
          label="状态"
          values={SUSPECTED_STATES}
          textOf={(state) => SUSPECTED_STATE_TEXT[state]}
          value={filter.state}
          onChange={(state) => setFilter({ ...filter, state })}
        />
        <Choice
          label="来源"
          values={SUSPECTED_ORIGINS}
          textOf={(origin) => ORIGIN_TEXT[origin]}
          value={filter.origin}
          onChange={(origin) => setFilter({ ...filter, origin })}
        />
        {mayReport && <Button onClick={() => setReporting(true)}>{REPORT_TEXT.open}</Button>}
      </div>
      <CardsTable
        query={query}
        columns={EVENT_TEXT.columns}
        empty={
          isNarrow && filter.state !== 'suspected'
            ? { title: EVENT_TEXT.notFound }
            : { title: EVENT_TEXT.none, hint: EVENT_TEXT.noneHint }
        }
      >
        {(event) => <EventRow key={event.id} event={event} onShow={() => setShown(event.id)} />}
      </CardsTable>
      {isReporting && <ReportDialog onClose={() => setReporting(false)} />}
      <EventDrawer id={shown} onClose={() => setShown(undefined)} onShow={setShown} />
    </>
  );
}

function EventRow({
  event,
  onShow,
}: {
  readonly event: SuspectedEvent;
  readonly onShow: () => void;
}): ReactElement {
  const [what, where, sure, when, state] = EVENT_TEXT.columns;
  const name = nameOf(event);
  return (
    <tr>
      <td data-label={what}>
        <strong>{name}</strong> {event.simulated && <SimulatedTag />}
        <div className="quiet event-note">
          {ORIGIN_TEXT[event.origin]}
          {event.element === null && ` · ${EVENT_TEXT.unclassified}`}
          {event.times > 1 && ` · ${EVENT_TEXT.times(formatNumber(event.times))}`}
          {event.alike > 1 && ` · ${EVENT_TEXT.alike(formatNumber(event.alike))}`}
        </div>
        {event.text !== null && <div className="event-text">{event.text}</div>}
      </td>
      <td data-label={where}>
        {event.object?.name ?? event.placeName ?? <span className="quiet">{EVENT_TEXT.noObject}</span>}
        {event.camera !== null && <div className="code quiet">{event.camera}</div>}
      </td>
      <td data-label={sure}>{event.confidence === null ? '—' : formatShare(event.confidence)}</td>
      <td data-label={when} className="nowrap">
        <TimeText at={event.lastAt} />
      </td>
      <td data-label={state} className="nowrap">
        <EventState event={event} />
      </td>
      <td>
        <Button size="small" aria-label={EVENT_TEXT.openOf(name)} onClick={onShow}>
          {EVENT_TEXT.open}
        </Button>
      </td>
    </tr>
  );
}
