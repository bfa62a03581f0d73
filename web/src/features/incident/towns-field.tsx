import { platformRoutes } from '#contract/platform';
import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { type ReactElement, useId } from 'react';

import { call } from '../../app/call.ts';
import { TEXT } from './text.ts';

interface TownsFieldProps {
  /** Codes; none: all of them. */
  readonly value: readonly string[];
  readonly onChange: (value: readonly string[]) => void;
}

/** To which towns: all of the district, or some found by name. */
export function TownsField({ value, onChange }: TownsFieldProps): ReactElement {
  const id = useId();
  const towns = useQuery({
    queryKey: ['platform', 'list', 'town'],
    queryFn: ({ signal }) =>
      call(platformRoutes.listPlatforms, { query: { kind: 'town', limit: 100 }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const options = (towns.data?.items ?? []).map(({ code, name }) => ({ value: code, label: name }));
  return (
    <div className="field">
      <label htmlFor={id}>{TEXT.askTo}</label>
      <Select<string[]>
        id={id}
        mode="multiple"
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        placeholder={TEXT.askAll(options.length)}
        loading={towns.isPending}
        value={[...value]}
        onChange={onChange}
        options={options}
      />
      {value.length > 0 && <small className="quiet">{TEXT.askSome(value.length)}</small>}
    </div>
  );
}
