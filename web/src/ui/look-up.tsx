import { monitoringRoutes } from '#contract/monitoring';
import { platformRoutes } from '#contract/platform';
import { standardRoutes } from '#contract/standard';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { type ReactElement, useDeferredValue, useState } from 'react';

import { call } from '../app/call.ts';

interface Option<Value> {
  readonly value: Value;
  readonly label: string;
}

const KEPT_MS = 60_000;

type Find<Value> = (search: string, signal: AbortSignal) => Promise<Option<Value>[]>;

const findPlatforms: Find<string> = async (search, signal) => {
  const query = search === '' ? { limit: 60 } : { search, limit: 30 };
  const { items } = await call(platformRoutes.listPlatforms, { query, signal });
  return items.map(({ code, name }) => ({ value: code, label: `${name}（${code}）` }));
};

/** Among all of the standards in force: some three hundred. */
const findElements: Find<string> = async (search, signal) => {
  const { items } = await call(standardRoutes.listElements, { query: { limit: 500 }, signal });
  const options = items.map(({ code, name }) => ({ value: code, label: `${name}（${code}）` }));
  return options.filter(({ label }) => label.toLowerCase().includes(search.toLowerCase())).slice(0, 60);
};

const findObjects: Find<number> = async (search, signal) => {
  const query = { search: search || undefined, limit: 30 };
  const { items } = await call(platformRoutes.listObjects, { query, signal });
  return items.map(({ id, name, code }) => ({ value: id, label: `${name}（${code}）` }));
};

const findObjectCodes: Find<string> = async (search, signal) => {
  const query = { search: search || undefined, limit: 30 };
  const { items } = await call(platformRoutes.listObjects, { query, signal });
  return items.map(({ name, code }) => ({ value: code, label: `${name}（${code}）` }));
};

const findPoints: Find<string> = async (search, signal) => {
  const query = { search: search || undefined, limit: 30 };
  const { items } = await call(monitoringRoutes.listPoints, { query, signal });
  return items.map(({ code, objectName, elementName }) => ({
    value: code,
    label: `${objectName} ${elementName}（${code}）`,
  }));
};

interface LookUpProps<Value> {
  readonly id?: string;
  readonly label: string;
  readonly value: Value | undefined;
  /** Of a value that was there before anything was looked for. */
  readonly valueName?: string | undefined;
  readonly onChange: (value: Value | undefined) => void;
}

export function PlatformLookUp(props: LookUpProps<string>): ReactElement {
  return <LookUp {...props} find={findPlatforms} />;
}

export function ElementLookUp(props: LookUpProps<string>): ReactElement {
  return <LookUp {...props} find={findElements} />;
}

export function ObjectLookUp(props: LookUpProps<number>): ReactElement {
  return <LookUp {...props} find={findObjects} />;
}

/** The same by its code. */
export function ObjectCodeLookUp(props: LookUpProps<string>): ReactElement {
  return <LookUp {...props} find={findObjectCodes} />;
}

export function PointLookUp(props: LookUpProps<string>): ReactElement {
  return <LookUp {...props} find={findPoints} />;
}

function LookUp<Value extends string | number>({
  id,
  label,
  value,
  valueName,
  onChange,
  find,
}: LookUpProps<Value> & { readonly find: Find<Value> }): ReactElement {
  const [text, setText] = useState('');
  const search = useDeferredValue(text.trim());
  const found = useQuery({
    queryKey: ['platform', 'look-up', find.name, search],
    queryFn: ({ signal }) => find(search, signal),
    placeholderData: keepPreviousData,
    staleTime: KEPT_MS,
  });
  const options: readonly Option<Value>[] = found.data ?? [];
  const isKnown = value === undefined || options.some((option) => option.value === value);
  const all: readonly Option<Value>[] = isKnown
    ? options
    : [{ value, label: valueName ?? String(value) }, ...options];
  return (
    <Select<Value | null>
      {...(id === undefined ? {} : { id })}
      allowClear
      className="look-up"
      showSearch={{ filterOption: false, onSearch: setText }}
      placeholder={`${label}，按名称或编码查找`}
      aria-label={label}
      popupMatchSelectWidth={false}
      loading={found.isFetching}
      value={value ?? null}
      onChange={(next) => onChange(next ?? undefined)}
      options={[...all]}
    />
  );
}
