import { platformRoutes } from '#contract/platform';
import type { Datum } from '#model/platform';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Drawer } from 'antd';
import { type ReactElement, useState } from 'react';

import { call } from '../../../app/call.ts';
import { Failure } from '../../../ui/states.tsx';
import { PlaceChoice } from '../choices.tsx';
import type { Draft } from '../draft.ts';
import { FORM_TEXT } from '../text.ts';
import { useNames } from '../use-names.ts';
import { ObjectFields } from './object-fields.tsx';
import { createBody, EMPTY_OBJECT, faultOfObject } from './object-form.ts';
import { DRAWER, FORM } from './text.ts';

export function CreateDrawer({
  open,
  onClose,
}: {
  readonly open: boolean;
  readonly onClose: () => void;
}): ReactElement {
  return (
    <Drawer open={open} onClose={onClose} size="min(620px, 100vw)" title={DRAWER.create} destroyOnHidden>
      <Create onDone={onClose} />
    </Drawer>
  );
}

function Create({ onDone }: { readonly onDone: () => void }): ReactElement {
  const client = useQueryClient();
  const names = useNames();
  const [draft, setDraft] = useState<Draft>(EMPTY_OBJECT);
  // Most people here read a coordinate off a map of this country.
  const [datum, setDatum] = useState<Datum>('GCJ02');
  const [fault, setFault] = useState<string>();
  const creating = useMutation({
    mutationFn: () => call(platformRoutes.createObject, { body: createBody(draft, datum) }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['platform', 'objects'] }),
  });
  if (creating.data) {
    return (
      <div className="org-form">
        <Alert
          type="success"
          showIcon
          title={DRAWER.created(creating.data.name, names.town(creating.data.town))}
        />
        <div className="org-form-acts">
          <Button type="primary" onClick={onDone}>
            {DRAWER.done}
          </Button>
          <Button
            onClick={() => {
              setDraft(EMPTY_OBJECT);
              creating.reset();
            }}
          >
            {DRAWER.another}
          </Button>
        </div>
      </div>
    );
  }
  return (
    <form
      className="org-form"
      onSubmit={(event) => {
        event.preventDefault();
        const found = faultOfObject(draft);
        setFault(found);
        if (found === undefined) creating.mutate();
      }}
    >
      <ObjectFields
        isNew
        draft={draft}
        datum={datum}
        onDatum={setDatum}
        set={(field, value) => setDraft({ ...draft, [field]: value })}
      >
        <div className="org-field">
          <span className="tags">
            <PlaceChoice
              all={FORM.autoPlace}
              town={draft['town'] || undefined}
              village={draft['village'] || undefined}
              onChange={({ town = '', village = '' }) => setDraft({ ...draft, town, village })}
            />
          </span>
          <small className="quiet">{FORM.placeHint}</small>
        </div>
      </ObjectFields>
      {fault !== undefined && <Alert type="error" showIcon role="alert" title={fault} />}
      {creating.error && <Failure error={creating.error} />}
      <div className="org-form-acts">
        <Button type="primary" htmlType="submit" loading={creating.isPending}>
          {FORM_TEXT.save}
        </Button>
        <Button onClick={onDone}>{FORM_TEXT.cancel}</Button>
      </div>
    </form>
  );
}
