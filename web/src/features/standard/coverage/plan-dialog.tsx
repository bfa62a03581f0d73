import { type CoverageLack, coverageRoutes } from '#contract/standard';
import { Modal, Select } from 'antd';
import { type ReactElement, useId, useState } from 'react';

import { Failure } from '../../../ui/states.tsx';
import { Field } from '../draft/field.tsx';
import { TEXT } from '../text.ts';
import { nameOf } from './lack-name.ts';
import { TextField } from './text-field.tsx';
import { useCoverageAct } from './queries.ts';
import { COVERAGE_TEXT } from './text.ts';

interface PlanDialogProps {
  readonly lack: CoverageLack;
  readonly onClose: () => void;
}

/** Who closes this gap, until when, by doing what. */
export function PlanDialog({ lack, onClose }: PlanDialogProps): ReactElement {
  const id = useId();
  const [code, setCode] = useState(lack.missing[0]?.code ?? '');
  const [what, setWhat] = useState('');
  const [who, setWho] = useState('');
  const [dueOn, setDueOn] = useState('');
  const making = useCoverageAct(coverageRoutes.createPlan, onClose);
  const subject = lack.object ? { object: lack.object.code } : { ledger: lack.ledger?.id };
  const send = (): void =>
    making.mutate({ body: { gap: lack.gap, scenario: lack.scenario, ...subject, code, what, who, dueOn } });
  return (
    <Modal
      open
      title={COVERAGE_TEXT.planOf(nameOf(lack))}
      okText={COVERAGE_TEXT.save}
      cancelText={TEXT.cancel}
      okButtonProps={{
        disabled: what.trim().length < 2 || who.trim().length < 2 || dueOn === '',
        loading: making.isPending,
      }}
      onOk={send}
      onCancel={onClose}
    >
      <div className="standard-form">
        {lack.missing.length > 0 && (
          <Field id={`${id}c`} label={COVERAGE_TEXT.part}>
            <Select
              id={`${id}c`}
              value={code}
              onChange={setCode}
              options={[
                ...lack.missing.map((one) => ({ value: one.code, label: one.name })),
                { value: '', label: COVERAGE_TEXT.wholeOf },
              ]}
            />
          </Field>
        )}
        <TextField label={COVERAGE_TEXT.what} longest={300} autoFocus value={what} onChange={setWhat} />
        <TextField
          label={COVERAGE_TEXT.who}
          hint={COVERAGE_TEXT.whoHint}
          longest={100}
          value={who}
          onChange={setWho}
        />
        <TextField label={COVERAGE_TEXT.dueOn} type="date" value={dueOn} onChange={setDueOn} />
        {making.error && <Failure error={making.error} />}
      </div>
    </Modal>
  );
}
