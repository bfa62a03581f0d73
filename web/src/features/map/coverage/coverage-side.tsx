import type { Coverage } from '#contract/standard';
import type { ReactElement } from 'react';

import { Empty, Resource } from '../../../ui/states.tsx';
import { TimeText } from '../../../ui/time-text.tsx';
import { CoverageLegend } from './coverage-legend.tsx';
import type { LackMark } from './lack-marks.ts';
import { LackRows } from './lack-rows.tsx';
import { COVERAGE_TEXT } from './text.ts';
import type { TownCoverage } from './town-coverage.ts';
import { TownRows } from './town-rows.tsx';
import type { MapCoverage } from './use-coverage.ts';

interface CoverageSideProps {
  readonly coverage: MapCoverage;
  readonly onTown: (town: TownCoverage) => void;
  readonly onLack: (mark: LackMark) => void;
}

/** Beside the map: what the shades mean, every town, and what lacks something in view. */
export function CoverageSide(props: CoverageSideProps): ReactElement {
  return <Resource query={props.coverage.figures}>{(data) => <Lists data={data} {...props} />}</Resource>;
}

function Lists({
  data: { takenAt, total },
  coverage,
  onTown,
  onLack,
}: CoverageSideProps & { readonly data: Coverage }): ReactElement {
  if (takenAt === null) return <Empty title={COVERAGE_TEXT.never} />;
  if (total.registered === 0 && total.should === null)
    return <Empty title={COVERAGE_TEXT.empty} hint={COVERAGE_TEXT.emptyHint} />;
  return (
    <>
      <CoverageLegend />
      <p className="quiet map-taken">
        {COVERAGE_TEXT.taken} <TimeText at={takenAt} />
      </p>
      <LackRows coverage={coverage} onChoose={onLack} />
      <TownRows towns={coverage.towns} onChoose={onTown} />
    </>
  );
}
