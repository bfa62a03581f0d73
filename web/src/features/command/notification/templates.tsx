import '../../../ui/notifications/notification.css';

import { notificationRoutes, type NotificationTemplate } from '#contract/command';
import { exampleOf, fillTemplate, TEMPLATE_FIELDS } from '#model/command';
import { type Level, LEVEL_TEXT, LEVELS } from '#model/warning';
import { useQuery } from '@tanstack/react-query';
import { Button, Input, Modal, Select } from 'antd';
import { type ReactElement, useState } from 'react';

import { Failure, Resource } from '../../../ui/states.tsx';
import { TEXT as COMMON } from '../text.ts';
import { useAct } from '../use-act.ts';
import { templatesQuery } from './queries.ts';
import { TEMPLATE_TEXT as TEXT } from './text.ts';

/** The words by cause and level, each as it would be sent. */
export function Templates(): ReactElement {
  const query = useQuery(templatesQuery);
  const [editing, setEditing] = useState<NotificationTemplate>();
  return (
    <>
      <p className="quiet template-hint">{TEXT.hint}</p>
      <Resource query={query}>
        {({ items, mayEdit }) => (
          <ul className="notifications rows-frame">
            {items.map((template) => (
              <li key={`${template.cause} ${template.level ?? ''}`} className="notification">
                <div className="notification-head">
                  <strong>{template.causeText}</strong>
                  <span>{template.level === null ? TEXT.allLevels : LEVEL_TEXT[template.level]}</span>
                  <span className="quiet">{template.builtIn ? TEXT.builtIn : TEXT.edited}</span>
                </div>
                <Preview template={template} />
                {mayEdit && <TemplateActions template={template} onEdit={() => setEditing(template)} />}
              </li>
            ))}
          </ul>
        )}
      </Resource>
      {editing && <TemplateForm template={editing} onClose={() => setEditing(undefined)} />}
    </>
  );
}

function Preview({
  template,
}: {
  readonly template: Pick<NotificationTemplate, 'cause' | 'title' | 'text'>;
}): ReactElement {
  const example = exampleOf(template.cause);
  return (
    <p className="template-preview">
      <strong>{fillTemplate(template.title, example)}</strong>
      <br />
      {fillTemplate(template.text, example)}
    </p>
  );
}

function TemplateActions({
  template: { cause, causeText, level, builtIn },
  onEdit,
}: {
  readonly template: NotificationTemplate;
  readonly onEdit: () => void;
}): ReactElement {
  const reset = useAct(notificationRoutes.resetNotificationTemplate);
  return (
    <div className="channel-actions">
      <Button size="small" aria-label={`${TEXT.edit} ${causeText}`} onClick={onEdit}>
        {TEXT.edit}
      </Button>
      {!builtIn && (
        <Button
          size="small"
          aria-label={`${TEXT.reset} ${causeText}`}
          loading={reset.isPending}
          onClick={() => reset.mutate({ params: { cause, level: level ?? 'all' } })}
        >
          {TEXT.reset}
        </Button>
      )}
      {reset.error && <Failure error={reset.error} />}
    </div>
  );
}

function TemplateForm({
  template,
  onClose,
}: {
  readonly template: NotificationTemplate;
  readonly onClose: () => void;
}): ReactElement {
  const [title, setTitle] = useState(template.title);
  const [text, setText] = useState(template.text);
  const [level, setLevel] = useState<Level | 'all'>(template.level ?? 'all');
  const put = useAct(notificationRoutes.putNotificationTemplate, onClose);
  return (
    <Modal
      open
      className="command-modal"
      title={`${TEXT.edit} ${template.causeText}`}
      onCancel={onClose}
      onOk={() => put.mutate({ params: { cause: template.cause, level }, body: { title, text } })}
      okText={COMMON.save}
      cancelText={COMMON.cancel}
      okButtonProps={{ disabled: title.trim() === '' || text.trim() === '' }}
      confirmLoading={put.isPending}
    >
      <div className="command-form">
        <div className="form-field">
          <span className="form-label">{TEXT.level}</span>
          <Select<Level | 'all'>
            aria-label={TEXT.level}
            value={level}
            onChange={setLevel}
            options={[
              { value: 'all' as const, label: TEXT.allLevels },
              ...LEVELS.map((value) => ({ value, label: LEVEL_TEXT[value] })),
            ]}
          />
        </div>
        <label>
          <span className="form-label">{TEXT.titleLabel}</span>
          <Input maxLength={60} value={title} onChange={({ target }) => setTitle(target.value)} />
        </label>
        <label>
          <span className="form-label">{TEXT.textLabel}</span>
          <Input.TextArea
            autoSize={{ minRows: 2, maxRows: 6 }}
            maxLength={500}
            value={text}
            onChange={({ target }) => setText(target.value)}
          />
        </label>
        <p className="form-hint">
          {TEXT.fields}：
          {Object.keys(TEMPLATE_FIELDS)
            .map((name) => `{${name}}`)
            .join(' ')}
        </p>
        <div className="form-field">
          <span className="form-label">{TEXT.preview}</span>
          <Preview template={{ cause: template.cause, title, text }} />
        </div>
        {put.error && <Failure error={put.error} />}
      </div>
    </Modal>
  );
}
