import { SearchOutlined } from '@ant-design/icons';
import type { MonitoredObject } from '#contract/platform';
import { useQuery } from '@tanstack/react-query';
import { Input } from 'antd';
import { type KeyboardEvent, type ReactElement, useDeferredValue, useId, useState } from 'react';

import { SimulatedTag } from '../../ui/replay-tag.tsx';
import { Failure } from '../../ui/states.tsx';
import { objectSearchQuery } from './map-queries.ts';
import { TEXT } from './text.ts';

/** Finds an object by its name anywhere in the district. Arrows choose, Enter goes there, Esc empties. */
export function ObjectSearch({
  onFound,
}: {
  readonly onFound: (object: MonitoredObject) => void;
}): ReactElement {
  const id = useId();
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const search = useDeferredValue(text.trim());
  const { data, error, refetch } = useQuery(objectSearchQuery(search));
  const found = search === '' ? [] : (data?.items ?? []);
  const take = (object: MonitoredObject | undefined): void => {
    if (!object) return;
    setText('');
    onFound(object);
  };
  const keys: Readonly<Record<string, () => void>> = {
    ArrowDown: () => setActive(Math.min(active + 1, found.length - 1)),
    ArrowUp: () => setActive(Math.max(active - 1, 0)),
    Enter: () => take(found[active]),
    Escape: () => setText(''),
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const act = keys[event.key];
    if (!act || event.nativeEvent.isComposing) return;
    event.preventDefault();
    act();
  };
  return (
    <div className="map-search">
      <Input
        value={text}
        onChange={({ target }) => {
          setText(target.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
        allowClear
        maxLength={50}
        prefix={<SearchOutlined aria-hidden />}
        placeholder={TEXT.search}
        aria-label={TEXT.search}
        role="combobox"
        aria-expanded={search !== ''}
        aria-controls={id}
        aria-activedescendant={found[active] && `${id}-${found[active].id}`}
      />
      {search !== '' && (
        <ul id={id} role="listbox" className="map-found" aria-label={TEXT.search}>
          {error && (
            <li>
              <Failure error={error} retry={() => void refetch()} />
            </li>
          )}
          {data && found.length === 0 && <li className="map-none">{TEXT.searchEmpty}</li>}
          {found.map((object, i) => (
            // Keys are read from the input that owns the list (combobox).
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
            <li
              key={object.id}
              id={`${id}-${object.id}`}
              role="option"
              aria-selected={i === active}
              onClick={() => take(object)}
            >
              {object.name}
              {object.simulated && <SimulatedTag />}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
