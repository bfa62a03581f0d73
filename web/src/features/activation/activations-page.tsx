import type { Activation } from '#contract/response';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { ComponentType, ReactElement, ReactNode } from 'react';

import { MoreButton } from '../../ui/more-button.tsx';
import { Empty, Resource } from '../../ui/states.tsx';
import { TimeText } from '../../ui/time-text.tsx';
import { ActivationCard } from './activation-card.tsx';
import { inForceQuery, pastQuery } from './queries.ts';
import { StartActivation } from './start-activation.tsx';
import { TEXT } from './text.ts';
import './activation.css';

/** The page of a module around this one. */
type FrameOf = ComponentType<{
  readonly title: string;
  readonly hint: ReactNode;
  readonly extra: ReactNode;
  readonly children: ReactNode;
}>;

/** 应急响应: what is in force, what it obliges, and what was. */
export function ActivationsPage({ frame: Frame }: { readonly frame: FrameOf }): ReactElement {
  const standing = useQuery(inForceQuery);
  const past = useInfiniteQuery(pastQuery);
  return (
    <Frame title={TEXT.title} hint={TEXT.hint} extra={<StartActivation />}>
      <Resource query={standing}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={TEXT.noneTitle} hint={TEXT.noneHint} />
          ) : (
            <div className="activation-list">
              {items.map((one) => (
                <ActivationCard key={one.id} activation={one} />
              ))}
            </div>
          )
        }
      </Resource>
      <Resource query={past}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) return null;
          return (
            <section className="panel">
              <h2>{TEXT.past}</h2>
              <ol className="timeline">
                {items.map((one) => (
                  <PastLine key={one.id} activation={one} />
                ))}
              </ol>
              <MoreButton count={items.length} query={past} />
            </section>
          );
        }}
      </Resource>
    </Frame>
  );
}

function PastLine({ activation }: { readonly activation: Activation }): ReactElement {
  const { platform, planName, gradeText, startedAt, endedAt, endedReason } = activation;
  return (
    <li>
      <strong>
        {platform} {planName}
        {gradeText}
      </strong>{' '}
      <span className="quiet">
        <TimeText at={startedAt} whole /> — {endedAt !== null && <TimeText at={endedAt} whole />}
      </span>
      {endedReason !== null && <p className="timeline-note">{endedReason}</p>}
    </li>
  );
}
