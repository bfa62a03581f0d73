import { platformRoutes } from '#contract/platform';
import { useQuery } from '@tanstack/react-query';
import { Input, Select } from 'antd';
import { type ReactElement, useId } from 'react';

import { call } from '../../app/call.ts';
import { TEXT } from './text.ts';

export interface Wanted {
  readonly scenarios: readonly string[];
  readonly since: string;
  readonly reason: string;
}

interface WantedFieldsProps {
  readonly value: Wanted;
  readonly onChange: (value: Wanted) => void;
}

/** Which open orders go in, and why. */
export function WantedFields({ value, onChange }: WantedFieldsProps): ReactElement {
  const id = useId();
  const scenarios = useQuery({
    queryKey: ['platform', 'list', 'scenario'],
    queryFn: ({ signal }) =>
      call(platformRoutes.listPlatforms, { query: { kind: 'scenario', limit: 100 }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const options = (scenarios.data?.items ?? []).flatMap(({ scenario, name }) =>
    scenario === null ? [] : [{ value: scenario, label: name }],
  );
  return (
    <>
      <div className="field">
        <label htmlFor={id}>{TEXT.scenarios}</label>
        <Select<string[]>
          id={id}
          mode="multiple"
          optionFilterProp="label"
          value={[...value.scenarios]}
          onChange={(next) => onChange({ ...value, scenarios: next })}
          options={options}
        />
      </div>
      <label className="field">
        {TEXT.since}
        <Input
          type="datetime-local"
          value={value.since}
          onChange={({ target }) => onChange({ ...value, since: target.value })}
        />
        <small className="quiet">{TEXT.sinceHint}</small>
      </label>
      <label className="field">
        {TEXT.reason}
        <Input
          maxLength={1000}
          value={value.reason}
          onChange={({ target }) => onChange({ ...value, reason: target.value })}
        />
      </label>
    </>
  );
}
