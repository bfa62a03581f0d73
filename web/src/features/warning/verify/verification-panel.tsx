import type { VerificationDetail } from '#contract/warning';
import { useQuery } from '@tanstack/react-query';
import { lazy, type ReactElement, Suspense } from 'react';

import { formatValue } from '../../../app/format.ts';
import { LevelTag } from '../../../ui/level-tag.tsx';
import { Loading, Resource } from '../../../ui/states.tsx';
import { TimeText } from '../../../ui/time-text.tsx';
import { ConfidenceParts } from '../confidence-parts.tsx';
import { EvidencePanel } from '../evidence-panel.tsx';
import { DecideForm } from './decide-form.tsx';
import { decisionText } from './decision-text.ts';
import { VERIFY_TEXT } from './text.ts';
import { verificationQuery } from './verify-queries.ts';

const ReadingsPanel = lazy(() =>
  import('../readings-panel.tsx').then((page) => ({ default: page.ReadingsPanel })),
);

interface VerificationPanelProps {
  readonly id: number;
  readonly onDone: () => void;
}

/** What there is to judge an alarm by, and the acts. */
export function VerificationPanel({ id, onDone }: VerificationPanelProps): ReactElement {
  const query = useQuery(verificationQuery(id));
  return (
    <Resource query={query}>
      {(one) => (
        <div className="verify-detail">
          <section className="panel">
            <EvidencePanel evidence={one.evidence} />
            <Suspense fallback={<Loading rows={5} />}>
              <ReadingsPanel
                evidence={one.evidence}
                since={one.raisedAt}
                until={one.evidence.normalAt}
                replaySession={one.replaySession}
              />
            </Suspense>
          </section>
          {one.confidence && <ConfidenceParts confidence={one.confidence} />}
          <Near one={one} />
          {one.more && <p>{VERIFY_TEXT.more(one.more.by, one.more.note)}</p>}
          {one.decision && <p>{decisionText(one.decision)}</p>}
          <DecideForm one={one} onDone={onDone} />
        </div>
      )}
    </Resource>
  );
}

/** Neighbours' values, other kinds of source, and what this point has done before. */
function Near({ one }: { readonly one: VerificationDetail }): ReactElement {
  const { neighbours, witnesses, before } = one;
  return (
    <>
      <h3>{VERIFY_TEXT.neighbours}</h3>
      {neighbours.length === 0 && <p className="quiet">{VERIFY_TEXT.noNeighbours}</p>}
      <ul>
        {neighbours.map(({ point, object, metres, value, unit, observedAt, level }) => (
          <li key={point}>
            {object} {metres} m：{formatValue(value, unit)} {level && <LevelTag level={level} />}{' '}
            <small className="quiet">
              <TimeText at={observedAt} />
            </small>
          </li>
        ))}
      </ul>
      <h3>{VERIFY_TEXT.witnesses}</h3>
      <p className={witnesses.length === 0 ? 'quiet' : ''}>
        {witnesses.length === 0 ? VERIFY_TEXT.noWitnesses : witnesses.join('；')}
      </p>
      <p className="quiet">{VERIFY_TEXT.before(before.alarms, before.refused)}</p>
    </>
  );
}
