import './notification.css';

import type { Notification } from '#contract/command';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';

import { LevelTag } from '../level-tag.tsx';
import { OriginTags } from '../replay-tag.tsx';
import { TimeText } from '../time-text.tsx';
import { NOTIFICATION_TEXT as TEXT } from './text.ts';

const TROUBLE: ReadonlySet<Notification['state']> = new Set(['failed', 'expired', 'unreachable']);
const WAITING: ReadonlySet<Notification['state']> = new Set(['queued', 'limited']);

interface PartProps {
  readonly one: Notification;
}

/** Messages with whom, by what, when, and what came back. `words`: with what was said; `own`: all to whoever reads them. */
export function NotificationList({
  items,
  words,
  own = false,
}: {
  readonly items: readonly Notification[];
  readonly words: boolean;
  readonly own?: boolean;
}): ReactElement {
  return (
    <ul className="notifications">
      {items.map((one) => (
        <li key={one.id} className="notification">
          <Head one={one} own={own} />
          {words && (
            <p className="notification-words">
              {one.link === null ? one.text : <Link {...pageOf(one.link)}>{one.text}</Link>}
            </p>
          )}
          {one.reason !== null && (
            <p className={one.state === 'withheld' ? 'quiet notification-times' : 'notification-reason'}>
              {one.reason}
            </p>
          )}
          <Times one={one} own={own} />
        </li>
      ))}
    </ul>
  );
}

/** A link is a path of ours, with what the page is asked for. */
function pageOf(link: string): { readonly to: string; readonly search: Record<string, string> } {
  const [to = '/', search = ''] = link.split('?');
  return { to, search: Object.fromEntries(new URLSearchParams(search)) };
}

function Head({ one, own }: PartProps & { readonly own: boolean }): ReactElement {
  const trouble = TROUBLE.has(one.state) ? ' notification-trouble' : '';
  return (
    <div className="notification-head">
      {one.level !== null && <LevelTag level={one.level} />}
      <strong>{own ? one.causeText : one.person}</strong>
      {!own && <span className="quiet">{one.post}</span>}
      <span className={own ? 'quiet' : ''}>
        {one.kindText}
        {one.channel !== null && one.channel !== one.kindText && ` · ${one.channel}`}
      </span>
      <span className={`notification-state${trouble}`}>{one.stateText}</span>
      <OriginTags replaySession={one.replaySession} simulated={one.simulated} />
    </div>
  );
}

function Times({ one, own }: PartProps & { readonly own: boolean }): ReactElement {
  // On the page itself everything is there at once.
  const isSent = one.kind !== 'in-app';
  return (
    <p className="quiet notification-times">
      {!own && `${one.causeText} `}
      <TimeText at={one.createdAt} />
      {one.gathered !== null && ` · ${TEXT.more(one.gathered)}`}
      {one.attempts > 1 && ` · ${TEXT.attempts(one.attempts)}`}
      <Moment text={TEXT.sent} at={isSent ? one.sentAt : null} />
      <Moment text={TEXT.delivered} at={isSent ? one.deliveredAt : null} />
      <Moment text={TEXT.read} at={one.readAt} />
      <Moment text={TEXT.answered(one.answer)} at={one.answeredAt} />
      <Moment text={TEXT.nextAt} at={WAITING.has(one.state) ? one.nextAt : null} />
    </p>
  );
}

function Moment({ text, at }: { readonly text: string; readonly at: number | null }): ReactElement | null {
  if (at === null) return null;
  return (
    <>
      {' · '}
      {text} <TimeText at={at} />
    </>
  );
}
