import type { SuspectedEvent } from '#contract/monitoring';
import { useQuery } from '@tanstack/react-query';
import { Button, Drawer } from 'antd';
import { type ReactElement, type ReactNode, useState } from 'react';

import { picturesOf } from '../../../app/event-pictures.ts';
import { formatShare } from '../../../app/format.ts';
import { Resource } from '../../../ui/states.tsx';
import { TimeText } from '../../../ui/time-text.tsx';
import { DecideDialog, type Decision } from './decide-dialog.tsx';
import { eventQuery } from './event-queries.ts';
import { EventState, nameOf } from './event-state.tsx';
import { EVENT_TEXT, ORIGIN_TEXT } from './text.ts';

interface EventDrawerProps {
  readonly id: number | undefined;
  readonly onClose: () => void;
  readonly onShow: (id: number) => void;
}

/** One suspected event: its picture, what is known of it, and the verdict. */
export function EventDrawer({ id, onClose, onShow }: EventDrawerProps): ReactElement {
  return (
    <Drawer
      open={id !== undefined}
      onClose={onClose}
      size="min(640px, 100vw)"
      title={EVENT_TEXT.title}
      destroyOnHidden
    >
      {id !== undefined && <Detail key={id} id={id} onShow={onShow} />}
    </Drawer>
  );
}

function Detail({
  id,
  onShow,
}: {
  readonly id: number;
  readonly onShow: (id: number) => void;
}): ReactElement {
  const query = useQuery(eventQuery(id));
  const [decision, setDecision] = useState<Decision>();
  return (
    <Resource query={query}>
      {(event) => (
        <>
          {event.pictures > 0 ? (
            picturesOf(event).map((src) => (
              <figure key={src} className="event-picture">
                <img src={src} alt={`${EVENT_TEXT.picture}：${nameOf(event)}`} />
              </figure>
            ))
          ) : (
            <p className="quiet event-picture">{EVENT_TEXT.noPicture}</p>
          )}
          <Facts event={event} />
          <div className="event-acts">
            {event.allowedActions.map((action) => (
              <Button
                key={action}
                type={action === 'reject' ? 'default' : 'primary'}
                onClick={() => setDecision(action)}
              >
                {EVENT_TEXT[action]}
              </Button>
            ))}
          </div>
          {event.others.length > 0 && <Others events={event.others} onShow={onShow} />}
          {decision && (
            <DecideDialog event={event} decision={decision} onClose={() => setDecision(undefined)} />
          )}
        </>
      )}
    </Resource>
  );
}

function Facts({ event }: { readonly event: SuspectedEvent }): ReactElement {
  const facts: readonly (readonly [name: string, value: ReactNode])[] = [
    ['状态', <EventState key="state" event={event} />],
    [EVENT_TEXT.facts.text, event.text],
    [EVENT_TEXT.facts.element, event.elementName ?? EVENT_TEXT.unclassified],
    [EVENT_TEXT.facts.kind, event.kindName === null ? event.kind : `${event.kindName}（${event.kind}）`],
    [EVENT_TEXT.facts.object, event.object && `${event.object.name}（${event.object.code}）`],
    [EVENT_TEXT.facts.place, event.placeName],
    [EVENT_TEXT.facts.camera, event.camera],
    [EVENT_TEXT.facts.source, event.sourceName ?? ORIGIN_TEXT[event.origin]],
    [EVENT_TEXT.facts.confidence, event.confidence === null ? null : formatShare(event.confidence)],
    [EVENT_TEXT.facts.box, event.box === null ? null : JSON.stringify(event.box)],
    [EVENT_TEXT.facts.observedAt, <TimeText key="at" at={event.observedAt} whole />],
    [EVENT_TEXT.facts.lastAt, event.times > 1 && <TimeText key="last" at={event.lastAt} whole />],
    [EVENT_TEXT.facts.fedValue, fedText(event)],
    [EVENT_TEXT.facts.reportedBy, event.reportedBy],
    [EVENT_TEXT.facts.decided, event.decidedBy],
    [EVENT_TEXT.facts.note, event.note],
  ];
  return (
    <dl className="event-facts">
      {facts
        .filter(([, value]) => value !== null && value !== undefined && value !== false)
        .map(([name, value]) => (
          <div key={name} className="event-fact">
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

function fedText({ fedValue, elementStates }: SuspectedEvent): string {
  if (fedValue === null) return EVENT_TEXT.noValue;
  const state = elementStates.find(({ value }) => value === fedValue);
  return state ? `${fedValue}（${state.name}）` : String(fedValue);
}

function Others({
  events,
  onShow,
}: {
  readonly events: readonly SuspectedEvent[];
  readonly onShow: (id: number) => void;
}): ReactElement {
  return (
    <section className="event-others">
      <h3>{EVENT_TEXT.others}</h3>
      <ul>
        {events.map((event) => (
          <li key={event.id}>
            <button type="button" className="link-button" onClick={() => onShow(event.id)}>
              {event.text ?? nameOf(event)}
            </button>{' '}
            <TimeText at={event.observedAt} /> <EventState event={event} />
          </li>
        ))}
      </ul>
    </section>
  );
}
