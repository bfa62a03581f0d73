import { PlusOutlined, UploadOutlined } from '@ant-design/icons';
import type { MonitoredObject } from '#contract/platform';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Checkbox, Input } from 'antd';
import { type ReactElement, useCallback, useDeferredValue, useMemo, useState } from 'react';

import { useCan } from '../../../app/session.ts';
import { ScenarioSelect } from '../../../ui/scenario-select.tsx';
import { useRowKeys } from '../../../ui/use-row-keys.ts';
import { CardsTable } from '../../../ui/cards-table.tsx';
import { PlaceChoice, UnitChoice } from '../choices.tsx';
import { ExportMenu } from '../export-menu.tsx';
import { Frame } from '../frame.tsx';
import type { ObjectSearch } from '../search.ts';
import { NONE } from '../text.ts';
import { type Names, useNames } from '../use-names.ts';
import { CreateDrawer } from './create-drawer.tsx';
import { ObjectDrawer } from './object-drawer.tsx';
import { objectsQuery } from './object-queries.ts';
import { ObjectTags } from './object-tags.tsx';
import { TEXT } from './text.ts';

/** 监测对象台账: what is monitored, where it stands and who answers for it. */
export function ObjectsPage(): ReactElement {
  const search = useSearch({ from: '/desk/platforms/objects' });
  const navigate = useNavigate();
  const mayManage = useCan('object.manage');
  const names = useNames();
  const [text, setText] = useState('');
  const [creating, setCreating] = useState(false);
  // Which drawer stands open does not change the list.
  const { open: opened, ...narrow } = search;
  const query = useInfiniteQuery(objectsQuery(useDeferredValue(text.trim()), narrow));
  const filter = useCallback(
    (change: { readonly [K in keyof ObjectSearch]?: ObjectSearch[K] | undefined }): void => {
      const next = Object.fromEntries(
        Object.entries({ ...search, ...change }).filter(
          ([, value]) => value !== undefined && value !== false,
        ),
      );
      void navigate({ to: '/platforms/objects', search: next, replace: true });
    },
    [navigate, search],
  );
  const ids = useMemo(
    () => query.data?.pages.flatMap((page) => page.items.map(({ id }) => id)) ?? [],
    [query.data],
  );
  const open = useCallback((id: number) => filter({ open: id }), [filter]);
  const current = useRowKeys(opened === undefined && !creating ? ids : [], open);
  const filtered = text.trim() !== '' || Object.keys(narrow).length > 0;
  return (
    <Frame
      title={TEXT.title}
      hint={TEXT.hint}
      extra={
        <>
          {mayManage && (
            <>
              <Button type="primary" icon={<PlusOutlined />} onClick={() => setCreating(true)}>
                {TEXT.create}
              </Button>
              <Button
                icon={<UploadOutlined />}
                onClick={() => void navigate({ to: '/platforms/import', search: { kind: 'objects' } })}
              >
                {TEXT.import}
              </Button>
            </>
          )}
          <ExportMenu kind="objects" scenario={search.scenario} />
        </>
      }
    >
      <div className="filters" role="search">
        <Input.Search
          className="org-search"
          allowClear
          maxLength={50}
          value={text}
          placeholder={TEXT.search}
          aria-label={TEXT.search}
          onChange={({ target }) => setText(target.value)}
        />
        <ScenarioSelect value={search.scenario} onChange={(scenario) => filter({ scenario })} />
        <PlaceChoice
          town={search.town}
          village={search.village}
          onChange={({ town, village }) => filter({ town, village })}
        />
        <UnitChoice label={TEXT.unit} clearable value={search.unit} onChange={(unit) => filter({ unit })} />
        <Checkbox
          checked={search.approximate ?? false}
          onChange={({ target }) => filter({ approximate: target.checked })}
        >
          {TEXT.approximate}
        </Checkbox>
        <Checkbox
          checked={search.retired ?? false}
          onChange={({ target }) => filter({ retired: target.checked })}
        >
          {TEXT.retired}
        </Checkbox>
      </div>
      <CardsTable
        query={query}
        columns={TEXT.columns}
        empty={
          filtered
            ? { title: TEXT.notFound, hint: TEXT.notFoundHint }
            : { title: TEXT.none, hint: TEXT.noneHint }
        }
      >
        {(object) => (
          <ObjectRow
            key={object.id}
            object={object}
            names={names}
            current={current === object.id}
            onOpen={() => open(object.id)}
          />
        )}
      </CardsTable>
      <ObjectDrawer id={opened} onClose={() => filter({ open: undefined })} />
      <CreateDrawer open={creating} onClose={() => setCreating(false)} />
    </Frame>
  );
}

interface ObjectRowProps {
  readonly object: MonitoredObject;
  readonly names: Names;
  readonly current: boolean;
  readonly onOpen: () => void;
}

function ObjectRow({ object, names, current, onOpen }: ObjectRowProps): ReactElement {
  const [name, scenario, place, owner, operator, maintainer, marks] = TEXT.columns;
  const party = (one: MonitoredObject['owner']): ReactElement =>
    one ? <>{one.name}</> : <span className="quiet">{NONE}</span>;
  return (
    // The name is a button for keys and readers; the whole row is for the mouse.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions
    <tr data-row={object.id} data-current={current} className="row-opens" onClick={onOpen}>
      <td data-label={name}>
        <button type="button" className="name-button" onClick={onOpen}>
          {object.name}
        </button>
        <small className="org-code quiet row-code">{object.code}</small>
      </td>
      <td data-label={scenario}>{names.scenarios(object.scenarios)}</td>
      <td data-label={place}>{names.town(object.town)}</td>
      <td data-label={owner}>{party(object.owner)}</td>
      <td data-label={operator}>{party(object.operator)}</td>
      <td data-label={maintainer}>{party(object.maintainer)}</td>
      <td data-label={marks}>
        <ObjectTags object={object} />
      </td>
    </tr>
  );
}
