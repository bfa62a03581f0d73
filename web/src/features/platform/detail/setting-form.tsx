import type { PlatformSetting } from '#contract/platform';
import { Button, Input } from 'antd';
import { type ReactElement, useId, useState } from 'react';

import { FORM_TEXT } from '../text.ts';
import { boundsText, editText, readSetting } from './setting-value.ts';
import { SETTING_TEXT } from './text.ts';

interface SettingFormProps {
  readonly setting: PlatformSetting;
  readonly pending: boolean;
  readonly onSend: (value: PlatformSetting['value']) => void;
  readonly onCancel: () => void;
}

/** A value of this platform's own: a number within its bounds, a line, or lines. */
export function SettingForm({ setting, pending, onSend, onCancel }: SettingFormProps): ReactElement {
  const id = useId();
  const [text, setText] = useState(() => editText(setting.value));
  const [fault, setFault] = useState<string>();
  const bounds = boundsText(setting);
  const hint = setting.type === 'list' ? SETTING_TEXT.listHint : bounds;
  return (
    <form
      className="setting-form"
      onSubmit={(event) => {
        event.preventDefault();
        const read = readSetting(setting, text);
        setFault('fault' in read ? read.fault : undefined);
        if ('value' in read) onSend(read.value);
      }}
    >
      <label htmlFor={id} className="visually-hidden">
        {setting.label}
      </label>
      {setting.type === 'list' ? (
        <Input.TextArea
          id={id}
          autoFocus
          autoSize={{ minRows: 2, maxRows: 8 }}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
      ) : (
        <Input
          id={id}
          autoFocus
          value={text}
          inputMode={setting.type === 'number' ? 'numeric' : 'text'}
          {...(setting.unit === null ? {} : { suffix: setting.unit })}
          aria-invalid={fault !== undefined}
          onChange={({ target }) => setText(target.value)}
        />
      )}
      <Button type="primary" htmlType="submit" loading={pending}>
        {FORM_TEXT.save}
      </Button>
      <Button onClick={onCancel}>{FORM_TEXT.cancel}</Button>
      {fault === undefined ? (
        hint !== undefined && <span className="quiet small">{hint}</span>
      ) : (
        <span role="alert" className="fault-line">
          {fault}
        </span>
      )}
    </form>
  );
}
