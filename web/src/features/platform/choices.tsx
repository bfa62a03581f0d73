import { organisationRoutes, platformRoutes } from '#contract/platform';
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { type ReactElement, useDeferredValue, useState } from 'react';

import { call } from '../../app/call.ts';
import { KIND_TEXT, type PlatformKind } from './kind-text.ts';

const LONG_MS = 10 * 60_000;

/** Every platform of a kind that fits on one page: the towns, the scenarios. */
export const kindQuery = (kind: PlatformKind) =>
  queryOptions({
    queryKey: ['platform', 'list', kind],
    queryFn: ({ signal }) => call(platformRoutes.listPlatforms, { query: { kind, limit: 500 }, signal }),
    staleTime: LONG_MS,
  });

const byNameQuery = (search: string) =>
  queryOptions({
    queryKey: ['platform', 'choice', search],
    queryFn: ({ signal }) =>
      call(platformRoutes.listPlatforms, { query: { search: search || undefined, limit: 30 }, signal }),
    placeholderData: keepPreviousData,
    staleTime: LONG_MS,
  });

interface ChoiceProps {
  readonly value: string | undefined;
  /** What the value is called while it is not among the found. */
  readonly name?: string | undefined;
  readonly label: string;
  readonly placeholder?: string;
  readonly id?: string;
  readonly clearable?: boolean;
  readonly onChange: (value: string | undefined) => void;
}

/** One platform of all, found by its name. */
export function PlatformChoice(props: ChoiceProps): ReactElement {
  const [search, setSearch] = useState('');
  const found = useQuery(byNameQuery(useDeferredValue(search.trim())));
  const options = (found.data?.items ?? []).map((platform) => ({
    value: platform.code,
    label: `${platform.name}（${KIND_TEXT[platform.kind]}）`,
  }));
  return <Searched {...props} options={options} onSearch={setSearch} loading={found.isFetching} />;
}

const unitChoiceQuery = (search: string) =>
  queryOptions({
    queryKey: ['platform', 'units', 'choice', search],
    queryFn: ({ signal }) =>
      call(organisationRoutes.listUnits, { query: { search: search || undefined, limit: 30 }, signal }),
    placeholderData: keepPreviousData,
  });

/** One unit, found by its name. */
export function UnitChoice(props: ChoiceProps): ReactElement {
  const [search, setSearch] = useState('');
  const found = useQuery(unitChoiceQuery(useDeferredValue(search.trim())));
  const options = (found.data?.items ?? []).map((unit) => ({
    value: unit.code,
    label: `${unit.name}（${unit.code}）`,
  }));
  return <Searched {...props} options={options} onSearch={setSearch} loading={found.isFetching} />;
}

const objectChoiceQuery = (search: string) =>
  queryOptions({
    queryKey: ['platform', 'objects', 'choice', search],
    queryFn: ({ signal }) =>
      call(platformRoutes.listObjects, { query: { search: search || undefined, limit: 30 }, signal }),
    placeholderData: keepPreviousData,
  });

/** One monitored object by its code, found by name or code; one of them may be no choice. */
export function ObjectChoice({ except, ...props }: ChoiceProps & { readonly except?: string }): ReactElement {
  const [search, setSearch] = useState('');
  const found = useQuery(objectChoiceQuery(useDeferredValue(search.trim())));
  const options = (found.data?.items ?? []).flatMap(({ code, name }) =>
    code === except ? [] : [{ value: code, label: `${name}（${code}）` }],
  );
  return <Searched {...props} options={options} onSearch={setSearch} loading={found.isFetching} />;
}

interface SearchedProps extends ChoiceProps {
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly onSearch: (search: string) => void;
  readonly loading: boolean;
}

function Searched(props: SearchedProps): ReactElement {
  const { value, name, label, placeholder, id, clearable, onChange, options, onSearch, loading } = props;
  const known = value === undefined || options.some((option) => option.value === value);
  return (
    <Select<string | null>
      {...(id === undefined ? {} : { id })}
      allowClear={clearable ?? false}
      showSearch={{ filterOption: false, onSearch }}
      aria-label={label}
      placeholder={placeholder ?? label}
      popupMatchSelectWidth={false}
      value={value ?? null}
      loading={loading}
      onChange={(next) => onChange(next ?? undefined)}
      options={known ? [...options] : [{ value, label: name ?? value }, ...options]}
    />
  );
}

interface PlaceChoiceProps {
  readonly town: string | undefined;
  readonly village: string | undefined;
  readonly onChange: (place: { readonly town?: string; readonly village?: string }) => void;
  readonly all?: string;
}

/** A town, and then one of its villages. */
export function PlaceChoice({ town, village, onChange, all = '全部' }: PlaceChoiceProps): ReactElement {
  const towns = useQuery(kindQuery('town'));
  const villages = useQuery({
    queryKey: ['platform', 'tree', town ?? ''],
    queryFn: ({ signal }) =>
      call(platformRoutes.listPlatforms, { query: { parent: town, limit: 500 }, signal }),
    enabled: town !== undefined,
    staleTime: LONG_MS,
  });
  return (
    <>
      <Named
        label="街镇"
        placeholder={`${all}街镇`}
        value={town}
        items={towns.data?.items ?? []}
        onChange={(next) => onChange(next === undefined ? {} : { town: next })}
      />
      {town !== undefined && (
        <Named
          label="居村"
          placeholder={`${all}居村`}
          value={village}
          items={villages.data?.items ?? []}
          onChange={(next) => onChange(next === undefined ? { town } : { town, village: next })}
        />
      )}
    </>
  );
}

interface NamedProps {
  readonly label: string;
  readonly placeholder: string;
  readonly value: string | undefined;
  readonly items: readonly { readonly code: string; readonly name: string }[];
  readonly onChange: (value: string | undefined) => void;
}

function Named({ label, placeholder, value, items, onChange }: NamedProps): ReactElement {
  return (
    <Select<string | null>
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      aria-label={label}
      placeholder={placeholder}
      popupMatchSelectWidth={false}
      value={value ?? null}
      onChange={(next) => onChange(next ?? undefined)}
      options={items.map(({ code, name }) => ({ value: code, label: name }))}
    />
  );
}
