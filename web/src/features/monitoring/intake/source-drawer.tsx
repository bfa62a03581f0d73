import type { IntakeSource } from '#contract/monitoring';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Checkbox, Drawer, Popconfirm } from 'antd';
import { type ReactElement, useState } from 'react';

import { useCan } from '../../../app/session.ts';
import { Failure, Resource } from '../../../ui/states.tsx';
import { TimeText } from '../../../ui/time-text.tsx';
import { KindsTable } from './kinds-table.tsx';
import { SourceFields } from './source-fields.tsx';
import { bodyOf, type SourceForm, startForm } from './source-form.ts';
import { messagesQuery, useCreateSource, useUpdateSource } from './source-queries.ts';
import { SOURCE_TEXT } from './text.ts';
import { TryMapping } from './try-mapping.tsx';

interface SourceDrawerProps {
  readonly open: boolean;
  /** Absent to register a new one. */
  readonly source: IntakeSource | undefined;
  readonly onClose: () => void;
}

/** A source: registered or changed, its kinds mapped, its messages looked at. */
export function SourceDrawer({ open, source, onClose }: SourceDrawerProps): ReactElement {
  return (
    <Drawer
      open={open}
      onClose={onClose}
      size="min(760px, 100vw)"
      title={source?.name ?? SOURCE_TEXT.create}
      destroyOnHidden
    >
      {source ? <Existing key={source.id} source={source} /> : <Fresh />}
    </Drawer>
  );
}

function Secret({ path, secret }: { readonly path: string; readonly secret: string }): ReactElement {
  return (
    <Alert
      className="intake-secret"
      type="success"
      showIcon
      title={SOURCE_TEXT.secretOnce}
      description={
        <>
          <code>{secret}</code>
          <br />
          <code>{`${window.location.origin}${path}`}</code>
        </>
      }
    />
  );
}

function Fresh(): ReactElement {
  const [form, setForm] = useState<SourceForm>(() => startForm());
  const [fault, setFault] = useState<string>();
  const creating = useCreateSource();
  if (creating.data) return <Secret path={creating.data.source.path} secret={creating.data.secret ?? ''} />;
  const send = (): void => {
    const checked = bodyOf(form);
    setFault('fault' in checked ? checked.fault : undefined);
    if ('body' in checked) creating.mutate(checked.body);
  };
  return (
    <form
      className="adopt"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <SourceFields form={form} isNew onChange={setForm} />
      {fault !== undefined && <Alert type="error" showIcon role="alert" title={fault} />}
      {creating.error && <Failure error={creating.error} />}
      <Button type="primary" size="large" htmlType="submit" loading={creating.isPending}>
        {SOURCE_TEXT.create}
      </Button>
    </form>
  );
}

function Existing({ source }: { readonly source: IntakeSource }): ReactElement {
  const mayManage = useCan('device.manage');
  return (
    <>
      {mayManage && <Change source={source} />}
      {source.kind === 'video' && (
        <section className="intake-section">
          <h3>{SOURCE_TEXT.kinds}</h3>
          <p className="quiet">{SOURCE_TEXT.kindsHint}</p>
          <KindsTable source={source.id} />
        </section>
      )}
      {source.kind === 'video' && mayManage && source.settings.mapping && (
        <TryMapping mapping={source.settings.mapping} />
      )}
      <Kept source={source.id} />
    </>
  );
}

function Change({ source }: { readonly source: IntakeSource }): ReactElement {
  const [form, setForm] = useState<SourceForm>(() => startForm(source));
  const [fault, setFault] = useState<string>();
  const updating = useUpdateSource(source.id);
  const send = (renew: boolean): void => {
    const checked = bodyOf(form);
    setFault('fault' in checked ? checked.fault : undefined);
    if (!('body' in checked)) return;
    const { name, auth, secret, addresses = [], settings = {} } = checked.body;
    const told = secret === undefined ? {} : { secret };
    const { version } = source;
    updating.mutate({ version, name, auth, addresses, settings, renew, enabled: form.enabled, ...told });
  };
  const secret = updating.data?.secret ?? null;
  return (
    <form
      className="adopt"
      onSubmit={(event) => {
        event.preventDefault();
        send(false);
      }}
    >
      {secret !== null && <Secret path={source.path} secret={secret} />}
      <SourceFields form={form} isNew={false} onChange={setForm} />
      <Checkbox
        checked={form.enabled}
        onChange={({ target }) => setForm({ ...form, enabled: target.checked })}
      >
        {SOURCE_TEXT.enabled}
      </Checkbox>
      {fault !== undefined && <Alert type="error" showIcon role="alert" title={fault} />}
      {updating.error && <Failure error={updating.error} />}
      <div className="event-acts">
        <Button type="primary" htmlType="submit" loading={updating.isPending}>
          {SOURCE_TEXT.save}
        </Button>
        <Popconfirm
          title={SOURCE_TEXT.renew}
          description={SOURCE_TEXT.renewSure}
          okText={SOURCE_TEXT.renew}
          cancelText="取消"
          onConfirm={() => send(true)}
        >
          <Button>{SOURCE_TEXT.renew}</Button>
        </Popconfirm>
      </div>
    </form>
  );
}

/** The last messages that were kept as they came. */
function Kept({ source }: { readonly source: number }): ReactElement {
  const query = useQuery(messagesQuery(source));
  return (
    <section className="intake-section">
      <h3>{SOURCE_TEXT.kept}</h3>
      <Resource query={query} rows={2}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="quiet">{SOURCE_TEXT.noKept}</p>
          ) : (
            <>
              {items.map((message) => (
                <figure key={message.id} className="intake-message">
                  <figcaption className="quiet">
                    <TimeText at={message.receivedAt} /> {message.messageType} {message.device}
                  </figcaption>
                  <pre tabIndex={0}>{message.body}</pre>
                </figure>
              ))}
            </>
          )
        }
      </Resource>
    </section>
  );
}
