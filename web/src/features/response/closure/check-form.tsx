import { closureRoutes, type ClosureSample } from '#contract/response';
import { CLOSURE_REMEDIES, type ClosureRemedy } from '#model/response';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Input, Radio } from 'antd';
import { type ReactElement, useState } from 'react';

import { fieldOf, momentOf } from '../../../app/beijing-input.ts';
import { call } from '../../../app/call.ts';
import { SubmitFoot } from '../../../ui/submit-foot.tsx';
import { CLOSURE_TEXT } from './text.ts';
import { Words } from './words.tsx';

const DAY_MS = 86_400_000;
const ANSWER_DAYS = 3;
const FEWEST = 5;
const LONGEST = 1000;

interface CheckFormProps {
  readonly sample: ClosureSample;
  readonly onDone: () => void;
}

interface Draft {
  readonly passed: boolean | undefined;
  readonly reason: string;
  readonly mend: string;
  readonly remedy: ClosureRemedy | undefined;
  readonly until: string;
}

/** Passed; or not, with what is wrong, what has to be mended, how, and until when the unit answers. */
export function CheckForm({ sample, onDone }: CheckFormProps): ReactElement {
  const client = useQueryClient();
  const [draft, setDraft] = useState<Draft>(() => ({
    passed: undefined,
    reason: '',
    mend: '',
    remedy: undefined,
    until: fieldOf(Date.now() + ANSWER_DAYS * DAY_MS),
  }));
  const change = (part: Partial<Draft>): void => setDraft((before) => ({ ...before, ...part }));
  const check = useMutation({
    mutationFn: () =>
      call(closureRoutes.checkClosureSample, { params: { id: sample.id }, body: bodyOf(draft) }),
    onSuccess: async () => {
      onDone();
      await client.invalidateQueries({ queryKey: ['response', 'closure'] });
    },
  });
  const ready = isReady(draft);
  return (
    <form
      className="hand-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) check.mutate();
      }}
    >
      <p>
        <strong>{sample.order.object}</strong> <span className="figures">{sample.order.code}</span>
        <br />
        {sample.unit} ·{' '}
        <Link to="/orders/$id" params={{ id: String(sample.order.id) }} target="_blank">
          {CLOSURE_TEXT.open}
        </Link>
      </p>
      <Radio.Group
        aria-label={CLOSURE_TEXT.verdict}
        value={draft.passed}
        onChange={({ target }) => change({ passed: target.value as boolean })}
        options={[
          { value: true, label: CLOSURE_TEXT.passed },
          { value: false, label: CLOSURE_TEXT.failed },
        ]}
      />
      {draft.passed !== undefined && (
        <Words
          label={draft.passed ? CLOSURE_TEXT.remark : CLOSURE_TEXT.reason}
          hint={draft.passed ? '' : CLOSURE_TEXT.reasonHint}
          longest={LONGEST}
          value={draft.reason}
          onChange={(reason) => change({ reason })}
        />
      )}
      {draft.passed === false && <Mend sample={sample} draft={draft} change={change} />}
      <SubmitFoot
        submit={draft.passed === false ? CLOSURE_TEXT.submitFail : CLOSURE_TEXT.submitPass}
        ready={ready}
        sending={check}
        onCancel={onDone}
      />
    </form>
  );
}

function bodyOf({ passed = false, reason, mend, remedy, until }: Draft) {
  if (passed) return { passed, reason: reason.trim() };
  const answerBy = momentOf(until);
  return {
    passed,
    reason: reason.trim(),
    mend: mend.trim(),
    ...(remedy === undefined ? {} : { remedy }),
    ...(answerBy === null ? {} : { answerBy }),
  };
}

function isReady({ passed, reason, mend, remedy, until }: Draft): boolean {
  if (passed !== false) return passed === true;
  const said = reason.trim().length >= FEWEST && mend.trim().length >= FEWEST;
  return said && remedy !== undefined && momentOf(until) !== null;
}

interface MendProps {
  readonly sample: ClosureSample;
  readonly draft: Draft;
  readonly change: (part: Partial<Draft>) => void;
}

function Mend({ sample: { reopenUntil }, draft, change }: MendProps): ReactElement {
  const [tooOld] = useState(() => reopenUntil !== null && reopenUntil < Date.now());
  return (
    <>
      <Words
        label={CLOSURE_TEXT.mend}
        hint={CLOSURE_TEXT.mendHint}
        longest={LONGEST}
        value={draft.mend}
        onChange={(mend) => change({ mend })}
      />
      <fieldset className="field closure-remedies">
        <legend>{CLOSURE_TEXT.remedy}</legend>
        <Radio.Group
          aria-label={CLOSURE_TEXT.remedy}
          value={draft.remedy}
          onChange={({ target }) => change({ remedy: target.value as ClosureRemedy })}
          options={CLOSURE_REMEDIES.map((value) => ({
            value,
            label: CLOSURE_TEXT.remedies[value],
            disabled: value === 'reopen' && tooOld,
          }))}
        />
        {tooOld && <small className="quiet">{CLOSURE_TEXT.tooOld}</small>}
      </fieldset>
      <label className="field">
        {CLOSURE_TEXT.answerBy}
        <Input
          type="datetime-local"
          value={draft.until}
          onChange={(event) => change({ until: event.target.value })}
        />
      </label>
    </>
  );
}
