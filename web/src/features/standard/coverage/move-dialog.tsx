import { platformRoutes } from '#contract/platform';
import { basisRoutes } from '#contract/standard';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Modal, Select } from 'antd';
import { type ReactElement, useDeferredValue, useId, useState } from 'react';

import { call } from '../../../app/call.ts';
import { Failure } from '../../../ui/states.tsx';
import { Field } from '../draft/field.tsx';
import { TEXT } from '../text.ts';
import { TextField } from './text-field.tsx';
import { useCoverageAct } from './queries.ts';
import { BASIS_TEXT } from './text.ts';

interface MoveDialogProps {
  readonly onTold: (scenarios: readonly string[]) => void;
  readonly onClose: () => void;
}

const CHOICES = 20;

/** Tells that a station was moved. */
export function MoveDialog({ onTold, onClose }: MoveDialogProps): ReactElement {
  const id = useId();
  const [typed, setTyped] = useState('');
  const search = useDeferredValue(typed.trim());
  const [object, setObject] = useState<number>();
  const [successor, setSuccessor] = useState('');
  const [changedOn, setChangedOn] = useState('');
  const found = useQuery({
    queryKey: ['platform', 'objects', 'station', search],
    queryFn: ({ signal }) =>
      call(platformRoutes.listObjects, {
        query: { limit: CHOICES, ...(search !== '' && { search }) },
        signal,
      }),
    placeholderData: keepPreviousData,
  });
  const telling = useCoverageAct(basisRoutes.tellStationMoved, ({ scenarios }) => {
    onTold(scenarios.map(({ scenario }) => scenario));
    onClose();
  });
  const send = (): void => {
    if (object !== undefined)
      telling.mutate({ params: { id: object }, body: { successor: successor.trim(), changedOn } });
  };
  return (
    <Modal
      open
      title={BASIS_TEXT.move}
      okText={BASIS_TEXT.move}
      cancelText={TEXT.cancel}
      okButtonProps={{
        disabled: object === undefined || successor.trim().length < 2 || changedOn === '',
        loading: telling.isPending,
      }}
      onOk={send}
      onCancel={onClose}
    >
      <div className="standard-form">
        <p className="quiet">{BASIS_TEXT.tellHint}</p>
        <Field id={`${id}o`} label={BASIS_TEXT.station} hint={BASIS_TEXT.stationHint}>
          <Select
            id={`${id}o`}
            showSearch
            filterOption={false}
            onSearch={setTyped}
            value={object ?? null}
            loading={found.isFetching}
            onChange={(next: number | null) => setObject(next ?? undefined)}
            options={(found.data?.items ?? []).map((one) => ({
              value: one.id,
              label: `${one.name}（${one.code}）`,
            }))}
          />
        </Field>
        <TextField label={BASIS_TEXT.movedTo} longest={300} value={successor} onChange={setSuccessor} />
        <TextField label={BASIS_TEXT.changedOn} type="date" value={changedOn} onChange={setChangedOn} />
        {telling.error && <Failure error={telling.error} />}
      </div>
    </Modal>
  );
}
