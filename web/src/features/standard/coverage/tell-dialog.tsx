import { type BasisCited, basisRoutes } from '#contract/standard';
import { Modal, Select } from 'antd';
import { type ReactElement, useId, useState } from 'react';

import { Failure } from '../../../ui/states.tsx';
import { Field } from '../draft/field.tsx';
import { TEXT } from '../text.ts';
import { TextField } from './text-field.tsx';
import { useCoverageAct } from './queries.ts';
import { BASIS_TEXT } from './text.ts';

interface TellDialogProps {
  readonly basis: BasisCited;
  /** Names of the scenarios that get a task. */
  readonly onTold: (scenarios: readonly string[]) => void;
  readonly onClose: () => void;
}

/** Tells that a document was replaced. */
export function TellDialog({ basis, onTold, onClose }: TellDialogProps): ReactElement {
  const id = useId();
  const [scenario, setScenario] = useState(basis.scenarios[0]?.scenario ?? '');
  const [successor, setSuccessor] = useState('');
  const [changedOn, setChangedOn] = useState('');
  const [note, setNote] = useState('');
  const names = new Map(basis.scenarios.map((one) => [one.scenario, one.name]));
  const telling = useCoverageAct(basisRoutes.tellBasisReplaced, ({ scenarios }) => {
    onTold(scenarios.map((one) => names.get(one.scenario) ?? one.scenario));
    onClose();
  });
  const { document, clause } = basis;
  const send = (): void =>
    telling.mutate({
      body: {
        scenario,
        document,
        ...(clause !== null && { clause }),
        successor: successor.trim(),
        changedOn,
        ...(note.trim() !== '' && { note: note.trim() }),
      },
    });
  return (
    <Modal
      open
      title={BASIS_TEXT.tellTitle}
      okText={BASIS_TEXT.tell}
      cancelText={TEXT.cancel}
      okButtonProps={{
        disabled: successor.trim().length < 2 || changedOn === '',
        loading: telling.isPending,
      }}
      onOk={send}
      onCancel={onClose}
    >
      <div className="standard-form">
        <p>
          <strong>{document}</strong> {clause}
        </p>
        <p className="quiet">{BASIS_TEXT.tellHint}</p>
        {basis.scenarios.length > 1 && (
          <Field id={`${id}c`} label={BASIS_TEXT.scenario}>
            <Select
              id={`${id}c`}
              value={scenario}
              onChange={setScenario}
              options={basis.scenarios.map((one) => ({ value: one.scenario, label: one.name }))}
            />
          </Field>
        )}
        <TextField
          label={BASIS_TEXT.successor}
          longest={300}
          autoFocus
          value={successor}
          onChange={setSuccessor}
        />
        <TextField label={BASIS_TEXT.changedOn} type="date" value={changedOn} onChange={setChangedOn} />
        <TextField label={BASIS_TEXT.note} longest={1000} value={note} onChange={setNote} />
        {telling.error && <Failure error={telling.error} />}
      </div>
    </Modal>
  );
}
