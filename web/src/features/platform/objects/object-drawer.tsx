import type { MonitoredObject } from '#contract/platform';
import { useQuery } from '@tanstack/react-query';
import { Drawer } from 'antd';
import { type ReactElement, useState } from 'react';

import { Resource } from '../../../ui/states.tsx';
import { EditObject } from './edit-object.tsx';
import { ObjectFacts } from './object-facts.tsx';
import { objectQuery } from './object-queries.ts';
import { FACTS } from './text.ts';

interface ObjectDrawerProps {
  /** The object that is open; none closes it. */
  readonly id: number | undefined;
  readonly onClose: () => void;
}

export function ObjectDrawer({ id, onClose }: ObjectDrawerProps): ReactElement {
  const query = useQuery({ ...objectQuery(id ?? 0), enabled: id !== undefined });
  return (
    <Drawer
      open={id !== undefined}
      onClose={onClose}
      size="min(620px, 100vw)"
      title={query.data?.name ?? FACTS.name}
      destroyOnHidden
    >
      <Resource query={query}>{(object) => <OneObject key={object.id} object={object} />}</Resource>
    </Drawer>
  );
}

function OneObject({ object }: { readonly object: MonitoredObject }): ReactElement {
  const [editing, setEditing] = useState(false);
  return editing ? (
    <EditObject object={object} onDone={() => setEditing(false)} />
  ) : (
    <ObjectFacts object={object} onEdit={() => setEditing(true)} />
  );
}
