import { type MonitoredObject, objectRoutes, platformRoutes } from '#contract/platform';
import type { Datum } from '#model/platform';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { type ReactElement, useState } from 'react';

import { call } from '../../../app/call.ts';
import { Failure } from '../../../ui/states.tsx';
import { ConflictNotice } from '../conflict-notice.tsx';
import { FORM_TEXT } from '../text.ts';
import { useEdit } from '../use-edit.ts';
import { useNames } from '../use-names.ts';
import { ObjectFields } from './object-fields.tsx';
import { draftOfObject, faultOfObject, updateBody } from './object-form.ts';
import { objectQuery } from './object-queries.ts';
import { FACTS } from './text.ts';

interface EditObjectProps {
  readonly object: MonitoredObject;
  readonly onDone: () => void;
}

export function EditObject({ object, onDone }: EditObjectProps): ReactElement {
  const client = useQueryClient();
  const names = useNames();
  // What is shown is WGS 84, whatever it was given in.
  const [datum, setDatum] = useState<Datum>('WGS84');
  const [fault, setFault] = useState<string>();
  const params = { id: object.id };
  const edit = useEdit({
    record: object,
    draftOf: draftOfObject,
    send: (changed, record, draft) =>
      call(objectRoutes.updateObject, {
        params,
        body: { version: record.version, ...updateBody(changed, draft, datum) },
      }),
    reload: () => call(platformRoutes.getObject, { params }),
    onSaved: (saved) => {
      client.setQueryData(objectQuery(object.id).queryKey, saved);
      void client.invalidateQueries({ queryKey: ['platform', 'objects', 'list'] });
      onDone();
    },
  });
  return (
    <form
      className="org-form"
      onSubmit={(event) => {
        event.preventDefault();
        const found = faultOfObject(edit.draft, draftOfObject(object));
        setFault(found);
        if (found === undefined) edit.save();
      }}
    >
      <ObjectFields isNew={false} draft={edit.draft} set={edit.set} datum={datum} onDatum={setDatum} />
      <ConflictNotice
        edit={edit}
        labelOf={(field) => FACTS[field as keyof typeof FACTS] ?? FACTS.parameters}
        textOf={(field, value) => (field === 'scenarios' ? names.scenarios(value.split(',')) : value)}
      />
      {fault !== undefined && <Alert type="error" showIcon role="alert" title={fault} />}
      {edit.error && <Failure error={edit.error} />}
      <div className="org-form-acts">
        <Button type="primary" htmlType="submit" disabled={!edit.dirty} loading={edit.pending}>
          {FORM_TEXT.save}
        </Button>
        <Button onClick={onDone}>{FORM_TEXT.cancel}</Button>
        {!edit.dirty && <span className="quiet">{FORM_TEXT.nothing}</span>}
      </div>
    </form>
  );
}
