import { organisationRoutes, type Unit } from '#contract/platform';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Drawer } from 'antd';
import { type ReactElement, useState } from 'react';

import { call } from '../../../app/call.ts';
import { ConflictNotice } from '../conflict-notice.tsx';
import type { Draft } from '../draft.ts';
import { useEdit } from '../use-edit.ts';
import { FORM, UNIT_KIND_TEXT } from './text.ts';
import { UnitFields } from './unit-fields.tsx';
import { createBody, draftOfUnit, EMPTY_UNIT, faultOfUnit, type UnitField, updateBody } from './unit-form.ts';

interface UnitDrawerProps {
  readonly open: boolean;
  /** Absent for a new one. */
  readonly unit: Unit | undefined;
  readonly onClose: () => void;
}

export function UnitDrawer({ open, unit, onClose }: UnitDrawerProps): ReactElement {
  return (
    <Drawer
      open={open}
      onClose={onClose}
      size="min(560px, 100vw)"
      title={unit ? FORM.edit(unit.name) : FORM.create}
      destroyOnHidden
    >
      {unit ? <ChangeUnit key={unit.id} unit={unit} onDone={onClose} /> : <NewUnit onDone={onClose} />}
    </Drawer>
  );
}

function NewUnit({ onDone }: { readonly onDone: () => void }): ReactElement {
  const client = useQueryClient();
  const [draft, setDraft] = useState<Draft>(EMPTY_UNIT);
  const creating = useMutation({
    mutationFn: () => call(organisationRoutes.createUnit, { body: createBody(draft) }),
    onSuccess: async () => {
      onDone();
      await client.invalidateQueries({ queryKey: ['platform', 'units'] });
    },
  });
  return (
    <UnitFields
      draft={draft}
      set={(field, value) => setDraft({ ...draft, [field]: value })}
      check={() => faultOfUnit(draft)}
      save={() => creating.mutate()}
      pending={creating.isPending}
      dirty
      error={creating.error}
      onCancel={onDone}
    />
  );
}

function ChangeUnit({ unit, onDone }: { readonly unit: Unit; readonly onDone: () => void }): ReactElement {
  const client = useQueryClient();
  const edit = useEdit({
    record: unit,
    draftOf: draftOfUnit,
    send: (changed, record) =>
      call(organisationRoutes.updateUnit, {
        params: { id: record.id },
        body: updateBody(changed, record.version),
      }),
    reload: async () => {
      const { items } = await call(organisationRoutes.listUnits, { query: { search: unit.code, limit: 50 } });
      return items.find(({ id }) => id === unit.id) ?? unit;
    },
    onSaved: () => {
      void client.invalidateQueries({ queryKey: ['platform', 'units'] });
      onDone();
    },
  });
  return (
    <UnitFields
      unit={unit}
      draft={edit.draft}
      set={edit.set}
      check={() => faultOfUnit(edit.draft)}
      save={edit.save}
      pending={edit.pending}
      dirty={edit.dirty}
      error={edit.error}
      onCancel={onDone}
      notice={
        <ConflictNotice
          edit={edit}
          labelOf={(field) => FORM.fields[field as UnitField]}
          textOf={(field, value) =>
            field === 'kind' ? UNIT_KIND_TEXT[value as keyof typeof UNIT_KIND_TEXT] : value
          }
        />
      }
    />
  );
}
