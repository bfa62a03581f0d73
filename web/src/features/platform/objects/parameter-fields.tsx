import { standardRoutes } from '#contract/standard';
import { unitText } from '#model/standard';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { Input } from 'antd';
import { type ReactElement, useId } from 'react';

import { call } from '../../../app/call.ts';
import { Resource } from '../../../ui/states.tsx';
import type { Draft } from '../draft.ts';
import { parameterField, scenariosOf } from './object-form.ts';
import { FORM } from './text.ts';

/** Every parameter that a standard in force knows: some dozens. */
export const parametersQuery = queryOptions({
  queryKey: ['standard', 'parameters', 'all'],
  queryFn: ({ signal }) => call(standardRoutes.listParameters, { query: { limit: '500' }, signal }),
});

interface ParameterFieldsProps {
  readonly draft: Draft;
  readonly set: (field: string, value: string) => void;
}

/** What the signs of an object's scenarios need to know of it. */
export function ParameterFields({ draft, set }: ParameterFieldsProps): ReactElement {
  const id = useId();
  const query = useQuery(parametersQuery);
  const scenarios = scenariosOf(draft);
  return (
    <fieldset className="org-fieldset">
      <legend>{FORM.parametersTitle}</legend>
      <p className="quiet small">{FORM.parametersHint}</p>
      <Resource query={query} rows={2}>
        {({ items }) => {
          const wanted = items.filter(({ scenario }) => scenarios.includes(scenario));
          if (wanted.length === 0) return <p className="quiet">{FORM.noParameters}</p>;
          return (
            <>
              {wanted.map(({ code, name, unit, range }) => (
                <div key={code} className="org-field">
                  <label htmlFor={`${id}-${code}`}>{name}</label>
                  <Input
                    id={`${id}-${code}`}
                    value={draft[parameterField(code)] ?? ''}
                    maxLength={20}
                    inputMode="decimal"
                    placeholder={FORM.range(range[0], range[1], unitText(unit))}
                    onChange={({ target }) => set(parameterField(code), target.value)}
                  />
                </div>
              ))}
            </>
          );
        }}
      </Resource>
    </fieldset>
  );
}
