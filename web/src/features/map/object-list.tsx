import type { MapObject } from '#contract/platform';
import { LEVEL_TEXT, rankOf } from '#model/warning';
import { Button, Segmented } from 'antd';
import { type ReactElement, useMemo, useState } from 'react';

import { formatNumber } from '../../app/format.ts';
import { SimulatedTag } from '../../ui/replay-tag.tsx';
import { LevelMark } from './level-mark.tsx';
import { moveFocus } from '../../ui/move-focus.ts';
import { TEXT } from './text.ts';

const STEP = 100;

interface ObjectListProps {
  readonly objects: readonly MapObject[];
  readonly chosen: number | undefined;
  readonly onChoose: (object: MapObject) => void;
}

/** The objects in view, the worst first: the way to every warning without looking at the map. Arrows move along it. */
export function ObjectList({ objects, chosen, onChoose }: ObjectListProps): ReactElement {
  const [all, setAll] = useState(false);
  const [shown, setShown] = useState(STEP);
  const warned = useMemo(() => objects.filter(({ level }) => level !== null).toSorted(worstFirst), [objects]);
  const rows = all ? objects.toSorted(worstFirst) : warned;
  return (
    <section className="panel map-objects" aria-label={TEXT.objects}>
      <div className="panel-head">
        <h2>{TEXT.objects}</h2>
        <Segmented
          size="small"
          value={all}
          onChange={(value) => {
            setAll(value);
            setShown(STEP);
          }}
          options={[
            { value: false, label: `${TEXT.warnedOnly} ${formatNumber(warned.length)}` },
            { value: true, label: `${TEXT.all} ${formatNumber(objects.length)}` },
          ]}
        />
      </div>
      {rows.length === 0 && <p className="map-none">{all ? TEXT.noObjects : TEXT.noWarned}</p>}
      <ul className="map-rows" onKeyDown={moveFocus}>
        {rows.slice(0, shown).map((object) => (
          <li key={object.id}>
            <button type="button" aria-current={object.id === chosen} onClick={() => onChoose(object)}>
              <LevelMark level={object.level} simulated={object.simulated} held={object.held} />
              <span className="map-row-name">{object.name}</span>
              {object.simulated && <SimulatedTag />}
              <span className="map-row-words">
                {object.level ? `${LEVEL_TEXT[object.level]} · ${object.warnings} 条` : TEXT.normal}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {rows.length > shown && (
        <div className="rows-foot">
          <Button size="small" onClick={() => setShown(shown + STEP)}>
            {TEXT.more}
          </Button>
        </div>
      )}
    </section>
  );
}

function worstFirst(a: MapObject, b: MapObject): number {
  return rankOf(b.level) - rankOf(a.level) || b.warnings - a.warnings || a.id - b.id;
}
