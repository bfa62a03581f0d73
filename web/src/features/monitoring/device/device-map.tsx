import { PlusOutlined } from '@ant-design/icons';
import type { DeviceDetail } from '#contract/monitoring';
import { Alert, Button } from 'antd';
import { type ReactElement, useState } from 'react';

import { emptyRow, factorMapOf, type MappingRow, rowsOf } from '../adopt-form.ts';
import { MappingFields } from '../mapping-fields.tsx';
import { Taken } from '../taken.tsx';
import { ADOPT_TEXT } from '../text.ts';
import { useChangeDevice } from './device-queries.ts';
import { settingsBody, type SettingsDraft, settingsDraft } from './settings-draft.ts';
import { SettingsFields } from './settings-fields.tsx';
import { DEVICE_DETAIL_TEXT as TEXT } from './text.ts';

/** The factor map and the settings of a device, changed together. */
export function DeviceMap({ device }: { readonly device: DeviceDetail }): ReactElement {
  const [rows, setRows] = useState<readonly MappingRow[]>(() => rowsOf(device.factors));
  const [settings, setSettings] = useState<SettingsDraft>(() => settingsDraft(device.settings));
  const [fault, setFault] = useState<string>();
  const changing = useChangeDevice(device.id);
  const send = (takeOver: boolean): void => {
    const map = factorMapOf(rows);
    const wanted = settingsBody(settings);
    setFault('fault' in map ? map.fault : 'fault' in wanted ? wanted.fault : undefined);
    if ('points' in map && 'settings' in wanted)
      changing.mutate(
        { points: map.points, settings: wanted.settings, takeOver },
        // Secrets that were typed are not sent a second time.
        { onSuccess: (changed) => setSettings(settingsDraft(changed.settings)) },
      );
  };
  return (
    <form
      className="adopt tab-section"
      onSubmit={(event) => {
        event.preventDefault();
        send(false);
      }}
    >
      <fieldset>
        <legend>{TEXT.map}</legend>
        <p className="quiet">{rows.length === 0 ? TEXT.noFactors : ADOPT_TEXT.mappingHint}</p>
        {rows.map((row) => (
          <MappingFields
            key={row.key}
            row={row}
            onChange={(next) => setRows(rows.map((one) => (one.key === next.key ? next : one)))}
            onRemove={() => setRows(rows.filter(({ key }) => key !== row.key))}
          />
        ))}
        <Button
          icon={<PlusOutlined />}
          onClick={() => setRows([...rows, emptyRow(1 + Math.max(0, ...rows.map(({ key }) => key)))])}
        >
          {ADOPT_TEXT.add}
        </Button>
      </fieldset>
      <SettingsFields protocol={device.protocol} draft={settings} onChange={setSettings} />
      {fault !== undefined && <Alert type="error" showIcon role="alert" title={fault} />}
      {changing.error && <Taken error={changing.error} onTake={() => send(true)} />}
      {changing.isSuccess && <p role="status">{TEXT.saved}</p>}
      <Button type="primary" htmlType="submit" loading={changing.isPending}>
        {TEXT.save}
      </Button>
    </form>
  );
}
