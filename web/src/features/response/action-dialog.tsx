import type { WorkOrderDetail } from '#contract/response';
import { type Requirement, VERDICT_TEXT, VERDICTS, type WorkOrderAction } from '#model/response';
import { Alert, Button, Input } from 'antd';
import { type ReactElement, useEffect, useId, useRef } from 'react';

import { AsideFields, FalseAlarmChoice } from './aside-fields.tsx';
import { askedOf, asksForSteps, missingOf } from './missing.ts';
import { FindingsBefore } from './findings.tsx';
import { GateFields } from './gate-fields.tsx';
import { PhraseBar } from './phrase-bar.tsx';
import { PhotoStrip } from './photo-strip.tsx';
import { ResultFields } from './result-fields.tsx';
import { StepList } from './step-list.tsx';
import { TEXT } from './text.ts';
import type { Advance } from './use-advance.ts';
import type { DraftHold } from './use-draft.ts';
import type { Photos } from './use-photos.ts';

/** An action the order allows its reader now, and what it demands. */
export type Allowed = WorkOrderDetail['allowedActions'][number];

interface ActionDialogProps {
  readonly order: WorkOrderDetail;
  readonly allowed: Allowed;
  readonly requires: readonly Requirement[];
  readonly hold: DraftHold;
  readonly photos: Photos;
  readonly advance: Advance;
  readonly onSubmit: () => void;
  readonly onClose: () => void;
}

/** Asks for what an action demands and names what is still missing. Closing it keeps what was typed. */
export function ActionDialog(props: ActionDialogProps): ReactElement {
  const { order, allowed, requires, hold, photos, advance, onSubmit, onClose } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useId();
  useEffect(() => dialog.current?.showModal(), []);
  const missing = missingOf({ action: allowed.action, requires }, hold.draft, order);
  return (
    <dialog ref={dialog} className="action-dialog" aria-labelledby={title} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (missing.length === 0) onSubmit();
        }}
      >
        <h2 id={title}>{allowed.text}</h2>
        {advance.error && <Alert type="error" showIcon role="alert" title={advance.error.message} />}
        <FindingsBefore order={order} action={allowed.action} />
        <Fields
          order={order}
          action={allowed.action}
          requires={askedOf(requires, hold.draft)}
          hold={hold}
          photos={photos}
        />
        <div className="action-foot">
          <p className="action-missing" role="status">
            {missing.length > 0 && `${TEXT.formHint}${missing.join('、')}`}
          </p>
          <div className="action-buttons">
            <Button size="large" onClick={() => dialog.current?.close()}>
              {TEXT.cancel}
            </Button>
            <Button
              size="large"
              type="primary"
              className="action-main"
              htmlType="submit"
              disabled={missing.length > 0}
              loading={advance.isPending}
            >
              {submitText(advance, allowed.text)}
            </Button>
          </div>
        </div>
      </form>
    </dialog>
  );
}

function submitText(advance: Advance, action: string): string {
  if (advance.isPending) return TEXT.sending;
  return advance.error ? TEXT.again : action;
}

type FieldsProps = Pick<ActionDialogProps, 'order' | 'requires' | 'hold' | 'photos'> & {
  readonly action: WorkOrderAction;
};

function Fields({ order, action, requires, hold, photos }: FieldsProps): ReactElement {
  const { draft, change } = hold;
  const open = order.steps.filter((step) => step.doneAt === null && step.required);
  const phrased = { scenario: order.scenario, action };
  return (
    <>
      <AsideFields order={order} requires={requires} hold={hold} />
      {requires.includes('reason') && (
        <Words
          label={TEXT.reason}
          autoFocus
          longest={1000}
          value={draft.reason}
          onChange={(reason) => change({ reason })}
          {...phrased}
        />
      )}
      {requires.includes('verdict') && <VerdictChoice hold={hold} />}
      {requires.includes('false-alarm') && <FalseAlarmChoice hold={hold} />}
      {requires.includes('steps') && asksForSteps(draft) && open.length > 0 && (
        <div className="field">
          {TEXT.steps}
          <StepList steps={open} work={{ hold, photos }} />
        </div>
      )}
      {requires.includes('results') && asksForSteps(draft) && <ResultFields order={order} hold={hold} />}
      <GateFields order={order} requires={requires} hold={hold} />
      {requires.includes('note') && (
        <Words
          label={TEXT.note}
          longest={4000}
          value={draft.note}
          onChange={(note) => change({ note })}
          {...phrased}
        />
      )}
      {(requires.includes('note') || requires.includes('steps')) && (
        <PhotoStrip hold={hold} photos={photos} step={null} />
      )}
    </>
  );
}

/** A field for words, with the phrases of the action below it. */
function Words(props: {
  readonly label: string;
  readonly longest: number;
  readonly autoFocus?: boolean;
  readonly scenario: string;
  readonly action: WorkOrderAction;
  readonly value: string;
  readonly onChange: (value: string) => void;
}): ReactElement {
  const { label, longest, autoFocus = false, value, onChange, ...phrased } = props;
  return (
    <>
      <label className="field">
        {label}
        <Input.TextArea
          autoFocus={autoFocus}
          autoSize={{ minRows: 2, maxRows: 8 }}
          maxLength={longest}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      </label>
      <PhraseBar {...phrased} value={value} onChange={onChange} />
    </>
  );
}

function VerdictChoice({ hold }: { readonly hold: DraftHold }): ReactElement {
  return (
    <fieldset className="field verdicts">
      <legend>{TEXT.verdict}</legend>
      {VERDICTS.map((verdict) => (
        <label key={verdict}>
          <input
            type="radio"
            name="verdict"
            checked={hold.draft.verdict === verdict}
            onChange={() => hold.change({ verdict })}
          />
          {VERDICT_TEXT[verdict]}
        </label>
      ))}
    </fieldset>
  );
}
