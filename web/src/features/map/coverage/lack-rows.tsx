import { Button } from 'antd';
import { type ReactElement, useState } from 'react';

import { Failure, Loading } from '../../../ui/states.tsx';
import { SimulatedTag } from '../../../ui/replay-tag.tsx';
import { moveFocus } from '../../../ui/move-focus.ts';
import { TEXT } from '../text.ts';
import { LACK_RING } from './coverage-layers.ts';
import type { LackMark } from './lack-marks.ts';
import { COVERAGE_TEXT, GAP_TEXT } from './text.ts';
import type { MapCoverage } from './use-coverage.ts';

const STEP = 100;

interface LackRowsProps {
  readonly coverage: MapCoverage;
  readonly onChoose: (mark: LackMark) => void;
}

/** The objects in view that are not covered. */
export function LackRows({ coverage, onChoose }: LackRowsProps): ReactElement {
  const { close, lacks } = coverage;
  const [shown, setShown] = useState(STEP);
  return (
    <section className="panel map-objects" aria-label={COVERAGE_TEXT.lacks}>
      <div className="panel-head">
        <h2>{COVERAGE_TEXT.lacks}</h2>
      </div>
      {lacks.error && <Failure error={lacks.error} retry={lacks.retry} />}
      {lacks.pending && lacks.error === null && <Loading rows={3} />}
      <Words coverage={coverage} />
      {close && (
        <ul className="map-rows" onKeyDown={moveFocus}>
          {lacks.marks.slice(0, shown).map((mark) => (
            <li key={mark.id}>
              <button type="button" onClick={() => onChoose(mark)}>
                <i className="map-ring" style={{ borderColor: LACK_RING }} aria-hidden />
                <span className="map-row-name">{mark.name}</span>
                {mark.simulated && <SimulatedTag />}
                <span className="map-row-words">
                  {[...new Set(mark.lacks.map(({ gap }) => GAP_TEXT[gap]))].join('、')}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {lacks.marks.length > shown && (
        <div className="rows-foot">
          <Button size="small" onClick={() => setShown(shown + STEP)}>
            {TEXT.more}
          </Button>
        </div>
      )}
    </section>
  );
}

function Words({ coverage: { close, lacks } }: { readonly coverage: MapCoverage }): ReactElement | null {
  if (!close) return <p className="map-none">{COVERAGE_TEXT.zoomIn}</p>;
  if (lacks.truncated) return <p className="map-none">{COVERAGE_TEXT.truncated}</p>;
  if (lacks.marks.length > 0 || lacks.pending || lacks.error !== null) return null;
  return <p className="map-none">{COVERAGE_TEXT.noLacks}</p>;
}
