import { DATUMS, type Datum } from '#model/platform';
import { useQuery } from '@tanstack/react-query';
import { Input, Radio, Select } from 'antd';
import { type ReactElement, type ReactNode, useId } from 'react';

import { kindQuery } from '../choices.tsx';
import type { Draft } from '../draft.ts';
import { scenariosOf } from './object-form.ts';
import { ParameterFields } from './parameter-fields.tsx';
import { DATUM_TEXT, FACTS, FORM } from './text.ts';

interface ObjectFieldsProps {
  readonly draft: Draft;
  readonly set: (field: string, value: string) => void;
  readonly datum: Datum;
  readonly onDatum: (datum: Datum) => void;
  readonly isNew: boolean;
  /** Between the position and the parties: town and village by hand. */
  readonly children?: ReactNode;
}

/** The facts of an object as they are typed. */
export function ObjectFields(props: ObjectFieldsProps): ReactElement {
  const { draft, set, datum, onDatum, isNew, children } = props;
  const id = useId();
  const scenarios = useQuery(kindQuery('scenario'));
  const line = (
    field: 'code' | 'name' | 'lat' | 'lon' | 'address' | 'owner' | 'operator' | 'maintainer',
    more: { readonly max: number; readonly hint?: string; readonly decimal?: boolean },
  ): ReactElement => (
    <div className="org-field">
      <label htmlFor={`${id}-${field}`}>{FACTS[field]}</label>
      <Input
        id={`${id}-${field}`}
        value={draft[field] ?? ''}
        maxLength={more.max}
        {...(more.decimal ? { inputMode: 'decimal' as const } : {})}
        {...(more.hint === undefined ? {} : { placeholder: more.hint })}
        onChange={({ target }) => set(field, target.value)}
      />
    </div>
  );
  return (
    <>
      {isNew && line('code', { max: 100, hint: FORM.codeHint })}
      {line('name', { max: 200 })}
      <div className="org-field">
        <label htmlFor={`${id}-scenarios`}>{FACTS.scenarios}</label>
        <Select
          id={`${id}-scenarios`}
          mode="multiple"
          aria-label={FACTS.scenarios}
          showSearch={{ optionFilterProp: 'label' }}
          value={[...scenariosOf(draft)]}
          onChange={(codes: string[]) => set('scenarios', codes.join(','))}
          options={(scenarios.data?.items ?? []).flatMap((platform) =>
            platform.scenario === null ? [] : [{ value: platform.scenario, label: platform.name }],
          )}
        />
      </div>
      <fieldset className="org-fieldset">
        <legend>{FORM.datumTitle}</legend>
        <Radio.Group
          className="datums"
          value={datum}
          onChange={({ target }) => onDatum(target.value as Datum)}
          options={DATUMS.map((value) => ({
            value,
            label: (
              <span>
                {DATUM_TEXT[value].name} <small className="quiet">{DATUM_TEXT[value].hint}</small>
              </span>
            ),
          }))}
        />
        <div className="position-fields">
          {line('lat', { max: 20, decimal: true, hint: '31.2065' })}
          {line('lon', { max: 20, decimal: true, hint: '121.5990' })}
        </div>
        {!isNew && <p className="quiet small">{FORM.positionKeep}</p>}
      </fieldset>
      {children}
      {line('address', { max: 200 })}
      {line('owner', { max: 100, hint: FORM.partyHint })}
      {line('operator', { max: 100, hint: FORM.partyHint })}
      {line('maintainer', { max: 100, hint: FORM.partyHint })}
      <ParameterFields draft={draft} set={set} />
    </>
  );
}
