import { versionRoutes } from '#contract/standard';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Input, Modal, Select } from 'antd';
import { type ReactElement, useId, useState } from 'react';

import { ScenarioSelect } from '../../../ui/scenario-select.tsx';
import { Failure } from '../../../ui/states.tsx';
import { DRAFT_TEXT } from '../draft-text.ts';
import { useAct, versionsQuery } from '../queries.ts';
import { TEXT, VERSION_TEXT } from '../text.ts';
import { Field } from './field.tsx';

const SHORTEST = 5;

interface CreateDialogProps {
  readonly scenario?: string | undefined;
  /** Id of the version to begin with. */
  readonly from?: number;
  readonly onClose: () => void;
}

/** Begins a draft: of which scenario, from which version, and why. */
export function CreateDialog(props: CreateDialogProps): ReactElement {
  const id = useId();
  const navigate = useNavigate();
  const [scenario, setScenario] = useState(props.scenario);
  const [from, setFrom] = useState(props.from);
  const [reason, setReason] = useState('');
  const versions = useInfiniteQuery({ ...versionsQuery(scenario), enabled: scenario !== undefined });
  const creating = useAct(versionRoutes.createStandardDraft, (draft) => {
    void navigate({ to: '/standard/drafts/$id', params: { id: String(draft.id) } });
  });
  const choices = versions.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Modal
      open
      title={DRAFT_TEXT.create}
      okText={DRAFT_TEXT.create}
      cancelText={TEXT.cancel}
      okButtonProps={{
        disabled: scenario === undefined || reason.trim().length < SHORTEST,
        loading: creating.isPending,
      }}
      onOk={() => {
        if (scenario !== undefined)
          creating.mutate({
            body: { scenario, reason: reason.trim(), ...(from !== undefined && { from }) },
          });
      }}
      onCancel={props.onClose}
    >
      <div className="standard-form">
        <div className="standard-field">
          <span>{DRAFT_TEXT.scenario}</span>
          <ScenarioSelect
            value={scenario}
            onChange={(next) => {
              setScenario(next);
              setFrom(undefined);
            }}
          />
        </div>
        <Field id={`${id}f`} label={DRAFT_TEXT.from}>
          <Select<number | null>
            id={`${id}f`}
            value={from ?? null}
            disabled={scenario === undefined}
            loading={versions.isFetching}
            onChange={(next) => setFrom(next ?? undefined)}
            options={[
              { value: null, label: DRAFT_TEXT.newest },
              ...choices.map((one) => ({
                value: one.id,
                label: `${one.version}（${VERSION_TEXT.states[one.state]}）`,
              })),
            ]}
          />
        </Field>
        <Field id={id} label={DRAFT_TEXT.reason}>
          <Input.TextArea
            id={id}
            rows={3}
            maxLength={1000}
            value={reason}
            placeholder={DRAFT_TEXT.reasonHint}
            onChange={({ target }) => setReason(target.value)}
          />
        </Field>
        {creating.error && <Failure error={creating.error} />}
      </div>
    </Modal>
  );
}
