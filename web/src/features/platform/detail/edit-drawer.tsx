import { organisationRoutes, type PlatformDetail } from '#contract/platform';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Drawer, Input } from 'antd';
import { type ReactElement, useId, useState } from 'react';

import { call } from '../../../app/call.ts';
import { Failure } from '../../../ui/states.tsx';
import { ConflictNotice } from '../conflict-notice.tsx';
import { FORM_TEXT } from '../text.ts';
import { useEdit } from '../use-edit.ts';
import { ContactFields } from './contact-fields.tsx';
import { detailQuery } from './detail-queries.ts';
import {
  bodyOfPlatform,
  contactsText,
  draftOfPlatform,
  EDIT_FIELDS,
  faultOf,
  readContacts,
} from './edit-form.ts';
import { EDIT_TEXT, FACT_TEXT, FACTS_TEXT } from './text.ts';

interface EditDrawerProps {
  readonly open: boolean;
  readonly platform: PlatformDetail;
  readonly onClose: () => void;
}

export function EditDrawer({ open, platform, onClose }: EditDrawerProps): ReactElement {
  return (
    <Drawer
      open={open}
      onClose={onClose}
      size="min(680px, 100vw)"
      title={EDIT_TEXT.title(platform.name)}
      destroyOnHidden
    >
      <EditForm platform={platform} onDone={onClose} />
    </Drawer>
  );
}

function EditForm({
  platform,
  onDone,
}: {
  readonly platform: PlatformDetail;
  readonly onDone: () => void;
}): ReactElement {
  const id = useId();
  const client = useQueryClient();
  const [fault, setFault] = useState<string>();
  const { code } = platform;
  const edit = useEdit({
    record: platform,
    draftOf: draftOfPlatform,
    send: (changed, record) =>
      call(organisationRoutes.updatePlatform, {
        params: { code },
        body: bodyOfPlatform(changed, record.version),
      }),
    reload: () => call(organisationRoutes.getPlatform, { params: { code } }),
    onSaved: (saved) => {
      client.setQueryData(detailQuery(code).queryKey, saved);
      void client.invalidateQueries({ queryKey: ['platform', 'tree'] });
      onDone();
    },
  });
  const { draft } = edit;
  return (
    <form
      className="org-form"
      onSubmit={(event) => {
        event.preventDefault();
        const found = faultOf(draft);
        setFault(found);
        if (found === undefined) edit.save();
      }}
    >
      <p className="quiet">{EDIT_TEXT.hint}</p>
      {EDIT_FIELDS.map((field) => {
        const standard = platform.edited.find(({ fact }) => fact === field);
        return (
          <div key={field} className="org-field">
            <label htmlFor={`${id}-${field}`}>{FACT_TEXT[field]}</label>
            {field === 'note' ? (
              <Input.TextArea
                id={`${id}-${field}`}
                autoSize={{ minRows: 2, maxRows: 8 }}
                maxLength={1000}
                value={draft[field] ?? ''}
                onChange={({ target }) => edit.set(field, target.value)}
              />
            ) : (
              <Input
                id={`${id}-${field}`}
                maxLength={100}
                value={draft[field] ?? ''}
                {...(field.startsWith('effective') ? { type: 'date' } : {})}
                onChange={({ target }) => edit.set(field, target.value)}
              />
            )}
            {standard && <small className="quiet">{FACTS_TEXT.standard(standard.standard)}</small>}
          </div>
        );
      })}
      <ContactFields
        contacts={readContacts(draft)}
        onChange={(contacts) => edit.set('contacts', JSON.stringify(contacts))}
      />
      <ConflictNotice
        edit={edit}
        labelOf={(field) => FACT_TEXT[field as keyof typeof FACT_TEXT]}
        textOf={(field, value) => (field === 'contacts' ? contactsText(value) : value)}
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
