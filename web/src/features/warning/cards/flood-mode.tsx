import { useQuery } from '@tanstack/react-query';
import type { ReactElement, ReactNode } from 'react';

import { TimeText } from '../../../ui/time-text.tsx';
import { seatLoadQuery } from './queries.ts';
import { TEXT } from './text.ts';
import { CardsWhenAsked } from './cards-when-asked.tsx';
import './cards.css';

/** 洪峰模式: while one's own desk is in a flood, cards stand in place of single rows. */
export function FloodMode({ children }: { readonly children: ReactNode }): ReactElement {
  const { data } = useQuery(seatLoadQuery);
  if (data?.flood !== true) return <>{children}</>;
  return (
    <div className="flood-mode">
      <div className="flood-strip" role="status">
        <strong>{data.sentence}</strong>
        {data.seats
          .flatMap(({ platform, flood, count }) => (flood ? [{ platform, flood, count }] : []))
          .map(({ platform, flood, count }) => (
            <span key={platform.code} className="quiet">
              {platform.name}：{TEXT.floodSince} <TimeText at={flood.since} />，{TEXT.floodCount(count)}，
              {TEXT.floodPeak(Math.max(flood.peak, count))}
            </span>
          ))}
      </div>
      <CardsWhenAsked scope={LIVE} />
    </div>
  );
}

const LIVE = { replay: 'false' } as const;
