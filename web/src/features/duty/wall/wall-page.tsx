import { CloseOutlined } from '@ant-design/icons';
import type { DutyDesk } from '#contract/command';
import { LEVEL_TEXT, LEVELS } from '#model/warning';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { type ComponentType, type ReactElement, type ReactNode, useEffect } from 'react';

import { startEventStream } from '../../../app/event-stream.ts';
import { formatClock, formatDateTime } from '../../../app/format.ts';
import { useNow } from '../../../app/use-now.ts';
import { LEVEL_COLORS } from '../../../ui/level-colors.ts';
import { PastFrame } from '../past/past-frame.tsx';
import { useRecordTime } from '../record-time.ts';
import { momentOfSearch, readDutySearch } from '../search.ts';
import { SoundSwitch } from '../sound/sound-switch.tsx';
import { useSound } from '../sound/use-sound.ts';
import { Freshness } from './freshness.tsx';
import { WALL_TEXT } from './text.ts';
import { Late, Newest } from './wall-lists.tsx';
import { WallMapView } from './wall-map-view.tsx';
import { bordersQuery, wallMapQuery, wallQuery } from './wall-queries.ts';
import './wall.css';

const NONE: readonly never[] = [];

/** What stands around the newest: in a flood, cards in place of it. */
interface WallPageProps {
  readonly flood: ComponentType<{ readonly children: ReactNode }>;
  /** 应急响应 in force. */
  readonly activations: ComponentType;
}

/** 大屏: the desk for a big screen, read from afar and left alone for a whole watch; or as it stood at a moment. */
export function WallPage({ flood, activations }: WallPageProps): ReactElement {
  const client = useQueryClient();
  useEffect(() => startEventStream(client), [client]);
  useEffect(() => {
    document.title = `${WALL_TEXT.title} · 浦安`;
  }, []);
  const at = momentOfSearch(readDutySearch(useSearch({ strict: false })));
  const query = useQuery(wallQuery(at));
  const sound = useSound(query.data);
  const wall = (
    <Wall
      desk={query.data}
      at={at}
      updatedAt={query.dataUpdatedAt}
      sound={<SoundSwitch sound={sound} />}
      flood={flood}
      activations={activations}
    />
  );
  if (at === null) return wall;
  return (
    <PastFrame to="/wall" at={at} beginsAt={query.data?.beginsAt} moving={query.isPlaceholderData}>
      {wall}
    </PastFrame>
  );
}

interface WallProps extends WallPageProps {
  readonly desk: DutyDesk | undefined;
  /** Null: now. */
  readonly at: number | null;
  readonly updatedAt: number;
  readonly sound: ReactElement;
}

function Wall({
  desk,
  at,
  updatedAt,
  sound,
  flood: Flood,
  activations: Activations,
}: WallProps): ReactElement {
  const time = useRecordTime(at);
  const newest = <Newest warnings={desk?.warnings.newest ?? NONE} time={time} />;
  return (
    <main className="wall" data-past={at !== null}>
      <header className="wall-head">
        <h1>
          浦安 <small>城市安全监测预警</small>
        </h1>
        {at === null && (
          <>
            <Activations />
            <Freshness at={updatedAt} />
            {sound}
          </>
        )}
        <Clock at={at} />
        <Link to="/" className="wall-leave" aria-label={WALL_TEXT.leave}>
          <CloseOutlined aria-hidden />
        </Link>
      </header>
      <Figures desk={desk} />
      <section className="wall-panel wall-centre" aria-label={WALL_TEXT.map}>
        <DistrictMap at={at} />
      </section>
      <div className="wall-right">
        <section className="wall-panel wall-newest">
          <h2>{WALL_TEXT.newest}</h2>
          {at === null ? <Flood>{newest}</Flood> : newest}
        </section>
        <section className="wall-panel">
          <h2>{WALL_TEXT.late}</h2>
          <Late orders={desk?.orders?.pressing ?? NONE} time={time} />
        </section>
      </div>
    </main>
  );
}

function DistrictMap({ at }: { readonly at: number | null }): ReactElement {
  const map = useQuery(wallMapQuery(at));
  const borders = useQuery(bordersQuery);
  return (
    <WallMapView
      objects={map.data?.objects ?? NONE}
      towns={map.data?.towns ?? NONE}
      borders={borders.data?.features ?? NONE}
    />
  );
}

function Clock({ at }: { readonly at: number | null }): ReactElement {
  const now = useNow();
  const shown = at ?? now;
  return (
    <time className="wall-clock figures">
      <small>{formatDateTime(shown).slice(0, 10)}</small> {formatClock(shown)}
    </time>
  );
}

function Figures({ desk }: { readonly desk: DutyDesk | undefined }): ReactElement {
  const side = [
    { word: WALL_TEXT.overdue, count: desk?.orders?.overdue },
    { word: WALL_TEXT.held, count: desk?.held.count },
    { word: WALL_TEXT.quiet, count: desk?.sources?.count },
  ];
  return (
    <div className="wall-figures">
      {LEVELS.toReversed().map((level) => {
        const count = desk?.warnings.open[level] ?? 0;
        const unread = desk?.warnings.unread[level] ?? 0;
        const { fill, text } = LEVEL_COLORS[level];
        return (
          <p
            key={level}
            className="wall-level"
            data-any={count > 0}
            data-unread={level === 'red' && unread > 0}
            style={count > 0 ? { background: fill, color: text } : { borderColor: fill }}
          >
            <span>{LEVEL_TEXT[level]}</span>
            <strong className="figures">{desk ? count : '–'}</strong>
            <small>{unread > 0 && WALL_TEXT.unread(unread)}</small>
          </p>
        );
      })}
      {side.map(({ word, count }) => (
        <p key={word} className="wall-side" data-any={(count ?? 0) > 0}>
          <span>{word}</span>
          <strong className="figures">{count ?? '–'}</strong>
        </p>
      ))}
    </div>
  );
}
