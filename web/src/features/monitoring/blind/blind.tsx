import './blind.css';

import type { blindRoutes, BlindSpotView } from '#contract/monitoring';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Segmented } from 'antd';
import { type ReactElement, useMemo, useState } from 'react';
import type { z } from 'zod';

import { formatClock } from '../../../app/format.ts';
import { useCan } from '../../../app/session.ts';
import { useNow } from '../../../app/use-now.ts';
import { ScenarioSelect } from '../../../ui/scenario-select.tsx';
import { Empty, Resource } from '../../../ui/states.tsx';
import { BlindDrawer } from './blind-drawer.tsx';
import { BlindFigures } from './blind-figures.tsx';
import { BlindLegend } from './blind-legend.tsx';
import { BlindList } from './blind-list.tsx';
import { BlindMapView } from './blind-map-view.tsx';
import { byPeople, isShown, markedTowns, SHOWN, type Shown } from './blind-towns.ts';
import { PopulationDrawer } from './population-drawer.tsx';
import { blindQuery, bordersQuery } from './queries.ts';
import { BLIND_TEXT, STATE_TEXT } from './text.ts';

type BlindMapReply = z.output<typeof blindRoutes.listBlindSpots.reply>;

const SHOWN_TEXT: Readonly<Record<Shown, string>> = {
  gaps: BLIND_TEXT.gaps,
  blind: STATE_TEXT.blind,
  thin: STATE_TEXT.thin,
  never: STATE_TEXT.never,
  all: BLIND_TEXT.all,
};
/** Taken every half minute: what is older is not of now. */
const STALE_MS = 150_000;

/** 监测要素 · 盲区: where nothing is watching now, since when and why, and who lives and works there. */
export function Blind(): ReactElement {
  const [scenario, setScenario] = useState<string>();
  const [shown, setShown] = useState<Shown>('gaps');
  const [filling, setFilling] = useState(false);
  const query = useQuery(blindQuery(scenario));
  const maySeeTowns = useCan('platform.read');
  return (
    <div className="blind">
      <div className="filters">
        <ScenarioSelect value={scenario} onChange={setScenario} />
        <Segmented<Shown>
          value={shown}
          onChange={setShown}
          options={SHOWN.map((value) => ({ value, label: SHOWN_TEXT[value] }))}
          aria-label={BLIND_TEXT.show}
        />
        {maySeeTowns && <Button onClick={() => setFilling(true)}>{BLIND_TEXT.population}</Button>}
      </div>
      <Resource query={query}>
        {(reply) => <Picture reply={reply} shown={shown} isOfAll={scenario === undefined} />}
      </Resource>
      <p className="quiet">{BLIND_TEXT.intro}</p>
      <PopulationDrawer open={filling} onClose={() => setFilling(false)} />
    </div>
  );
}

interface PictureProps {
  readonly reply: BlindMapReply;
  readonly shown: Shown;
  readonly isOfAll: boolean;
}

function Picture({ reply, shown, isOfAll }: PictureProps): ReactElement {
  const { takenAt, towns, spots, total } = reply;
  const { data: borders } = useQuery(bordersQuery);
  const [chosen, setChosen] = useState<BlindSpotView>();
  const now = useNow(5000);
  const marked = useMemo(() => markedTowns(towns, spots), [towns, spots]);
  const byCode = useMemo(() => new Map(towns.map((town) => [town.code, town])), [towns]);
  const listed = useMemo(
    () =>
      byPeople(
        spots.filter((spot) => isShown(spot, shown)),
        byCode,
      ),
    [spots, shown, byCode],
  );
  if (takenAt === null) return <Empty title={BLIND_TEXT.notTaken} hint={BLIND_TEXT.notTakenHint} />;
  if (spots.length === 0) return <Empty title={BLIND_TEXT.none} hint={BLIND_TEXT.noneHint} />;
  const chooseTown = (code: string): void => {
    const own = byPeople(
      spots.filter(({ town }) => town === code),
      byCode,
    );
    setChosen(own[0]);
  };
  const isStale = now - takenAt > STALE_MS;
  return (
    <>
      {isStale && <Alert type="warning" showIcon title={BLIND_TEXT.stale(formatClock(takenAt))} />}
      <BlindFigures total={total} isOfAll={isOfAll} />
      <div className={isStale ? 'blind-body blind-stale' : 'blind-body'}>
        <div className="blind-frame">
          <BlindMapView
            towns={marked}
            borders={borders?.features ?? NO_BORDERS}
            chosen={chosen?.town}
            onTown={chooseTown}
          />
          <p className="blind-taken figures">
            {BLIND_TEXT.takenAt} {formatClock(takenAt)}
          </p>
          <BlindLegend />
        </div>
        <BlindList key={shown} spots={listed} towns={byCode} onChoose={setChosen} />
      </div>
      <BlindDrawer
        spot={chosen}
        town={chosen && byCode.get(chosen.town)}
        others={chosen === undefined ? [] : spots.filter(({ town }) => town === chosen.town)}
        onChoose={setChosen}
        onClose={() => setChosen(undefined)}
      />
    </>
  );
}

const NO_BORDERS: readonly unknown[] = [];
