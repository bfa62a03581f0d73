import { INTAKE_AUTH_TEXT, INTAKE_AUTHS, INTAKE_KIND_TEXT, INTAKE_KINDS } from '#model/monitoring';
import { useQuery } from '@tanstack/react-query';
import { Checkbox, Input, Select } from 'antd';
import { type ReactElement, useId } from 'react';

import { PlatformLookUp } from '../../../ui/look-up.tsx';
import type { SourceForm } from './source-form.ts';
import { presetsQuery } from './source-queries.ts';
import { SOURCE_TEXT } from './text.ts';

interface SourceFieldsProps {
  readonly form: SourceForm;
  /** Code, kind and platform are told once. */
  readonly isNew: boolean;
  readonly onChange: (form: SourceForm) => void;
}

export function SourceFields({ form, isNew, onChange }: SourceFieldsProps): ReactElement {
  const id = useId();
  const change = (part: Partial<SourceForm>): void => onChange({ ...form, ...part });
  const auths = INTAKE_AUTHS.filter((auth) => auth !== 'onenet' || form.kind === 'onenet');
  return (
    <>
      {isNew && (
        <>
          <label htmlFor={`${id}-kind`}>{SOURCE_TEXT.kind}</label>
          <Select
            id={`${id}-kind`}
            value={form.kind}
            onChange={(kind) => change({ kind, auth: kind === 'onenet' ? 'onenet' : 'url' })}
            options={INTAKE_KINDS.map((value) => ({ value, label: INTAKE_KIND_TEXT[value] }))}
          />
          <label htmlFor={`${id}-code`}>{SOURCE_TEXT.code}</label>
          <Input
            id={`${id}-code`}
            className="code"
            value={form.code}
            maxLength={60}
            onChange={({ target }) => change({ code: target.value })}
          />
          <p className="quiet">{SOURCE_TEXT.codeHint}</p>
          <label htmlFor={`${id}-platform`}>{SOURCE_TEXT.platform}</label>
          <PlatformLookUp
            id={`${id}-platform`}
            label={SOURCE_TEXT.platform}
            value={form.platform}
            onChange={(platform) => change({ platform })}
          />
          <p className="quiet">{SOURCE_TEXT.platformHint}</p>
        </>
      )}
      <label htmlFor={`${id}-name`}>{SOURCE_TEXT.name}</label>
      <Input
        id={`${id}-name`}
        value={form.name}
        maxLength={60}
        onChange={({ target }) => change({ name: target.value })}
      />
      <label htmlFor={`${id}-auth`}>{SOURCE_TEXT.auth}</label>
      <Select
        id={`${id}-auth`}
        value={form.auth}
        onChange={(auth) => change({ auth })}
        options={auths.map((value) => ({ value, label: INTAKE_AUTH_TEXT[value] }))}
      />
      <label htmlFor={`${id}-secret`}>{SOURCE_TEXT.secret}</label>
      <Input
        id={`${id}-secret`}
        className="code"
        value={form.secret}
        maxLength={200}
        autoComplete="off"
        onChange={({ target }) => change({ secret: target.value })}
      />
      <p className="quiet">{SOURCE_TEXT.secretHint}</p>
      <label htmlFor={`${id}-addresses`}>{SOURCE_TEXT.addresses}</label>
      <Input.TextArea
        id={`${id}-addresses`}
        className="code"
        autoSize={{ minRows: 1, maxRows: 6 }}
        value={form.addresses}
        onChange={({ target }) => change({ addresses: target.value })}
      />
      <p className="quiet">{SOURCE_TEXT.addressesHint}</p>
      {form.kind === 'video' && <VideoFields id={id} form={form} change={change} />}
      {form.kind === 'ctwing' && (
        <>
          <label htmlFor={`${id}-layout`}>{SOURCE_TEXT.layout}</label>
          <Input
            id={`${id}-layout`}
            className="code"
            value={form.layout}
            onChange={({ target }) => change({ layout: target.value })}
          />
          <p className="quiet">{SOURCE_TEXT.layoutHint}</p>
        </>
      )}
      {isNew && (
        <Checkbox checked={form.simulated} onChange={({ target }) => change({ simulated: target.checked })}>
          {SOURCE_TEXT.simulated}
        </Checkbox>
      )}
    </>
  );
}

interface VideoFieldsProps {
  readonly id: string;
  readonly form: SourceForm;
  readonly change: (part: Partial<SourceForm>) => void;
}

function VideoFields({ id, form, change }: VideoFieldsProps): ReactElement {
  const presets = useQuery(presetsQuery).data?.items ?? [];
  return (
    <>
      <label htmlFor={`${id}-preset`}>{SOURCE_TEXT.preset}</label>
      <Select<string | null>
        id={`${id}-preset`}
        value={null}
        placeholder={SOURCE_TEXT.preset}
        onChange={(code) => {
          const preset = presets.find((one) => one.code === code);
          if (preset) change({ mapping: JSON.stringify(preset.mapping, null, 2) });
        }}
        options={presets.map(({ code, name, note }) => ({ value: code, label: `${name} — ${note}` }))}
      />
      <label htmlFor={`${id}-mapping`}>{SOURCE_TEXT.mapping}</label>
      <Input.TextArea
        id={`${id}-mapping`}
        className="code"
        autoSize={{ minRows: 6, maxRows: 20 }}
        value={form.mapping}
        onChange={({ target }) => change({ mapping: target.value })}
      />
      <p className="quiet">{SOURCE_TEXT.mappingHint}</p>
      <label htmlFor={`${id}-collapse`}>{SOURCE_TEXT.collapse}</label>
      <Input
        id={`${id}-collapse`}
        inputMode="numeric"
        value={form.collapse}
        onChange={({ target }) => change({ collapse: target.value })}
      />
    </>
  );
}
