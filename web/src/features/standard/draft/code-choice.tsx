import { useQuery } from '@tanstack/react-query';
import { AutoComplete } from 'antd';
import { type ReactElement, useId } from 'react';

import { COMPOSITE_FORM_TEXT } from '../composite/text.ts';
import { elementsQuery, signsQuery } from '../queries.ts';
import { Field } from './field.tsx';

export type CodeKind = 'sign' | 'any' | 'element';

interface CodeChoiceProps {
  readonly of: CodeKind;
  readonly value: string;
  readonly onChange: (code: string) => void;
}

/** A sign, item, scenario or element of any scenario in force, found by its name; what only the draft has is typed by its code. */
export function CodeChoice({ of, value, onChange }: CodeChoiceProps): ReactElement {
  const id = useId();
  const options = useOptions(of);
  const name = options.find((one) => one.value === value)?.name;
  return (
    <Field id={id} label={COMPOSITE_FORM_TEXT.code} hint={name ?? COMPOSITE_FORM_TEXT.codeHint}>
      <AutoComplete
        id={id}
        value={value}
        onChange={onChange}
        popupMatchSelectWidth={false}
        options={options.map((one) => ({ value: one.value, label: `${one.name}（${one.value}）` }))}
        showSearch={{
          filterOption: (typed, option) => (option?.label ?? '').toLowerCase().includes(typed.toLowerCase()),
        }}
      />
    </Field>
  );
}

interface Option {
  readonly value: string;
  readonly name: string;
}

function useOptions(of: CodeKind): readonly Option[] {
  const signs = useQuery(signsQuery(undefined)).data ?? [];
  const elements = useQuery(elementsQuery(undefined)).data ?? [];
  if (of === 'element') return elements.map(({ code, name }) => ({ value: code, name }));
  const own = signs.map(({ code, name }) => ({ value: code, name }));
  if (of === 'sign') return own;
  const more = new Map([
    ...signs.map(({ scenario, scenarioName }) => [scenario, scenarioName] as const),
    ...signs.map(({ item, itemName }) => [item, itemName] as const),
  ]);
  return [...[...more].map(([value, name]) => ({ value, name })), ...own];
}
