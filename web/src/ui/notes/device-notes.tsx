import { noteRoutes, type DeviceNoteView } from '#contract/monitoring';
import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query';
import { Image } from 'antd';
import type { ReactElement } from 'react';

import { call } from '../../app/call.ts';
import { formatDateTime, formatNumber } from '../../app/format.ts';
import { MoreButton } from '../more-button.tsx';
import { OriginTags } from '../replay-tag.tsx';
import { StateTag } from '../state-tag.tsx';
import { Failure, Loading } from '../states.tsx';
import { TimeText } from '../time-text.tsx';
import './notes.css';
import { NOTES_TEXT as TEXT } from './text.ts';

const SHOWN = 12;
const START: string | undefined = undefined;
const next = ({ next }: { readonly next: string | null }): string | undefined => next ?? undefined;

/** Whose notes: one device's, or those of the devices of an object within a span of time (epoch ms). */
export interface NotesFilter {
  readonly device?: number;
  readonly object?: string;
  readonly from?: number;
  readonly to?: number;
}

const notesQuery = (filter: NotesFilter) =>
  infiniteQueryOptions({
    queryKey: ['notes', filter],
    queryFn: ({ pageParam, signal }) =>
      call(noteRoutes.listDeviceNotes, { query: { ...filter, limit: SHOWN, after: pageParam }, signal }),
    initialPageParam: START,
    getNextPageParam: next,
  });

interface DeviceNotesProps {
  readonly filter: NotesFilter;
  /** What to say where there are none; without it nothing is shown then. */
  readonly empty?: string;
  readonly className?: string;
}

/** What devices sent besides numbers, the newest first: pictures that open large, and texts with the values they name. */
export function DeviceNotes({ filter, empty, className }: DeviceNotesProps): ReactElement | null {
  const query = useInfiniteQuery(notesQuery(filter));
  const notes = query.data?.pages.flatMap(({ items }) => items) ?? [];
  if (empty === undefined && notes.length === 0) return null;
  return (
    <section className={className}>
      <h2>{TEXT.title}</h2>
      {query.isPending && <Loading rows={2} />}
      {query.error && <Failure error={query.error} />}
      {query.data && notes.length === 0 && <p className="quiet">{empty}</p>}
      {notes.length > 0 && (
        <Image.PreviewGroup>
          <ul className="notes">
            {notes.map((note) => (
              <Note key={note.id} note={note} isNamed={filter.device === undefined} />
            ))}
          </ul>
        </Image.PreviewGroup>
      )}
      {query.hasNextPage && <MoreButton count={notes.length} query={query} />}
    </section>
  );
}

function Note({ note, isNamed }: { readonly note: DeviceNoteView; readonly isNamed: boolean }): ReactElement {
  const at = note.wrongClock ? note.receivedAt : note.observedAt;
  return (
    <li className="note">
      {note.kind === 'picture' ? (
        <Image
          src={`/api/v1/device-notes/${note.id}/picture`}
          alt={TEXT.pictureOf(note.device.code, formatDateTime(at))}
          width={160}
          height={120}
          loading="lazy"
        />
      ) : (
        <div className="note-text">
          <p>{note.text}</p>
          {note.values.map(({ element, name, value, unit }) => (
            <p key={`${element} ${value}`} className="quiet" title={TEXT.element(element)}>
              {name} {formatNumber(value, 3)} {unit}
            </p>
          ))}
        </div>
      )}
      <div className="note-foot">
        <TimeText at={at} />
        {isNamed && <span className="code quiet">{note.device.code}</span>}
        {note.wrongClock && (
          <span title={TEXT.wrongClockHint(formatDateTime(note.observedAt))}>
            <StateTag tone="waiting">{TEXT.wrongClock}</StateTag>
          </span>
        )}
        <OriginTags replaySession={note.replaySession} simulated={note.simulated} />
      </div>
    </li>
  );
}
