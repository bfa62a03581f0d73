import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { type ReactElement, useDeferredValue, useState } from 'react';

import { contactChoiceQuery } from './queries.ts';

interface Choice {
  readonly id: number;
  readonly name: string;
}

interface ContactSelectProps {
  readonly label: string;
  readonly value: Choice | null;
  readonly onChange: (contact: Choice | null) => void;
}

/** A contact of the book, found by typing. */
export function ContactSelect({ label, value, onChange }: ContactSelectProps): ReactElement {
  const [typed, setTyped] = useState('');
  const query = useQuery(contactChoiceQuery(useDeferredValue(typed.trim())));
  const found = query.data?.items ?? [];
  const options = found.map(({ id, name, unit }) => ({
    value: id,
    label: unit === null ? name : `${name}（${unit}）`,
  }));
  const known = value === null || found.some((contact) => contact.id === value.id);
  return (
    <Select<number | null>
      allowClear
      showSearch
      filterOption={false}
      onSearch={setTyped}
      placeholder={label}
      aria-label={label}
      popupMatchSelectWidth={false}
      value={value?.id ?? null}
      onChange={(id) => {
        const contact = found.find((one) => one.id === id);
        onChange(contact ? { id: contact.id, name: contact.name } : null);
      }}
      options={known ? options : [{ value: value.id, label: value.name }, ...options]}
    />
  );
}
