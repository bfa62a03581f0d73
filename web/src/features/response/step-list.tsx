import { CheckCircleFilled, EnvironmentOutlined } from '@ant-design/icons';
import type { WorkOrderDetail } from '#contract/response';
import { type ReactElement, useState } from 'react';

import { TimeText } from '../../ui/time-text.tsx';
import { PhotoStrip } from './photo-strip.tsx';
import { takePlace } from './place.ts';
import { EVIDENCE_TEXT, TEXT } from './text.ts';
import type { DraftHold } from './use-draft.ts';
import type { Photos } from './use-photos.ts';

type Step = WorkOrderDetail['steps'][number];

interface StepListProps {
  readonly steps: readonly Step[];
  /** Absent: to read only. */
  readonly work?: { readonly hold: DraftHold; readonly photos: Photos } | undefined;
}

/** The handbook's steps as they were frozen into the order. Ticks are drafted and go with the next action. */
export function StepList({ steps, work }: StepListProps): ReactElement {
  if (steps.length === 0) return <p className="quiet panel-body">{TEXT.noSteps}</p>;
  return (
    <ol className="steps">
      {steps.map((step) => (
        <li key={step.code} className={step.doneAt === null ? 'step' : 'step step-done'}>
          {step.doneAt === null && work ? <OpenStep step={step} work={work} /> : <ReadStep step={step} />}
        </li>
      ))}
    </ol>
  );
}

function ReadStep({ step }: { readonly step: Step }): ReactElement {
  return (
    <div className="step-line">
      {step.doneAt === null ? (
        <input type="checkbox" disabled aria-label={step.text} />
      ) : (
        <CheckCircleFilled className="step-mark" aria-label={TEXT.accepted} />
      )}
      <span>
        {step.text} <StepTags step={step} />
        {step.doneAt !== null && (
          <small className="quiet step-by">
            {step.doneBy} <TimeText at={step.doneAt} />
          </small>
        )}
      </span>
    </div>
  );
}

function OpenStep({
  step,
  work,
}: {
  readonly step: Step;
  readonly work: NonNullable<StepListProps['work']>;
}): ReactElement {
  const { hold, photos } = work;
  const { draft, change } = hold;
  const ticked = draft.steps.includes(step.code);
  const tick = (): void =>
    change({
      steps: ticked ? draft.steps.filter((code) => code !== step.code) : [...draft.steps, step.code],
    });
  return (
    <>
      <label className="step-line">
        <input type="checkbox" checked={ticked} onChange={tick} />
        <span>
          {step.text} <StepTags step={step} />
        </span>
      </label>
      <div className="step-evidence">
        {step.evidence === 'photo' && <PhotoStrip hold={hold} photos={photos} step={step.code} />}
        {(step.evidence === 'text' || step.evidence === 'reading') && (
          <input
            className="plain-input"
            aria-label={`${step.text}：${TEXT.stepNote}`}
            placeholder={TEXT.stepNote}
            value={draft.stepNotes[step.code] ?? ''}
            onChange={(event) =>
              change({ stepNotes: { ...draft.stepNotes, [step.code]: event.target.value } })
            }
          />
        )}
        {step.evidence === 'location' && <PlaceButton hold={hold} />}
      </div>
    </>
  );
}

function StepTags({ step }: { readonly step: Step }): ReactElement {
  const words = [step.required ? TEXT.required : TEXT.optional, EVIDENCE_TEXT[step.evidence]].filter(Boolean);
  return <small className="step-tags">{words.join(' · ')}</small>;
}

function PlaceButton({ hold }: { readonly hold: DraftHold }): ReactElement {
  const [asking, setAsking] = useState<'no' | 'yes' | 'refused'>('no');
  const ask = async (): Promise<void> => {
    setAsking('yes');
    const location = await takePlace();
    if (location) hold.change({ location });
    setAsking(location ? 'no' : 'refused');
  };
  const words = hold.draft.location ? TEXT.placeTaken : TEXT.place;
  return (
    <>
      <button type="button" className="plain-button" disabled={asking === 'yes'} onClick={() => void ask()}>
        <EnvironmentOutlined aria-hidden /> {asking === 'yes' ? TEXT.placeAsking : words}
      </button>
      {asking === 'refused' && (
        <small className="quiet" role="status">
          {TEXT.placeRefused}
        </small>
      )}
    </>
  );
}
