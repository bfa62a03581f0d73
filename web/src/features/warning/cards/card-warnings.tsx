import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';

import { HeldTag } from '../../../ui/held/held-tag.tsx';
import { LevelTag } from '../../../ui/level-tag.tsx';
import { MoreButton } from '../../../ui/more-button.tsx';
import { OriginTags } from '../../../ui/replay-tag.tsx';
import { Resource } from '../../../ui/states.tsx';
import { OverdueTag, StateTag } from '../../../ui/state-tag.tsx';
import { TimeText } from '../../../ui/time-text.tsx';
import { isUnread } from '../is-unread.ts';
import { TEXT as WARNING_TEXT } from '../text.ts';
import { cardWarningsQuery } from './queries.ts';

/** The warnings on a card, asked for when it is opened. */
export function CardWarnings({ card }: { readonly card: string }): ReactElement {
  const query = useInfiniteQuery(cardWarningsQuery(card));
  return (
    <Resource query={query} rows={3}>
      {({ pages }) => {
        const warnings = pages.flatMap(({ items }) => items);
        return (
          <>
            <ul className="card-warnings">
              {warnings.map((warning) => (
                <li key={warning.id}>
                  <LevelTag level={warning.level} />
                  <span className="card-warning-what">
                    <Link to="/warnings/$id" params={{ id: String(warning.id) }} className="row-link">
                      {warning.object.name}
                    </Link>{' '}
                    <OriginTags replaySession={warning.replaySession} simulated={warning.simulated} />
                    <span className="quiet">{warning.reason}</span>
                  </span>
                  <span className="tags">
                    {warning.hold && <HeldTag hold={warning.hold} />}
                    {isUnread(warning) && <StateTag tone="waiting">{WARNING_TEXT.unread}</StateTag>}
                    {warning.workOrder?.overdue === true && <OverdueTag />}
                  </span>
                  <TimeText at={warning.openedAt} />
                </li>
              ))}
            </ul>
            <MoreButton count={warnings.length} query={query} />
          </>
        );
      }}
    </Resource>
  );
}
