import { organisationRoutes, type PlatformDetail, type PlatformSetting } from '#contract/platform';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactElement, useState } from 'react';

import { call } from '../../../app/call.ts';
import { Failure } from '../../../ui/states.tsx';
import { settingsQuery } from './detail-queries.ts';
import { SettingForm } from './setting-form.tsx';
import { SettingLadder } from './setting-ladder.tsx';
import { SETTING_TEXT, settingText } from './text.ts';

interface SettingCardProps {
  readonly platform: PlatformDetail;
  readonly setting: PlatformSetting;
}

/** One setting: what holds here, where that comes from, and the change where it is allowed. */
export function SettingCard({ platform, setting }: SettingCardProps): ReactElement {
  const [changing, setChanging] = useState(false);
  const client = useQueryClient();
  const params = { code: platform.code, key: setting.key };
  const refresh = async (): Promise<void> => {
    setChanging(false);
    await client.invalidateQueries({ queryKey: settingsQuery(platform.code).queryKey });
  };
  const putting = useMutation({
    mutationFn: (value: PlatformSetting['value']) =>
      call(organisationRoutes.putSetting, { params, body: { value } }),
    onSuccess: refresh,
  });
  const clearing = useMutation({
    mutationFn: () => call(organisationRoutes.deleteSetting, { params }),
    onSuccess: refresh,
  });
  const own = setting.from?.code === platform.code;
  const error = putting.error ?? clearing.error;
  return (
    <section aria-label={setting.label}>
      <div className="setting-head">
        <div>
          <h3>
            {setting.label}{' '}
            {setting.tightenOnly && (
              <span className="inferred" title={SETTING_TEXT.tightenWhy}>
                {SETTING_TEXT.tighten}
              </span>
            )}
          </h3>
          <p className="quiet small">{setting.help}</p>
        </div>
        <p className="setting-value">
          <strong className="figures">{settingText(setting.value, setting.unit)}</strong>
          <small className="quiet">{originText(setting, own)}</small>
        </p>
      </div>
      <SettingLadder setting={setting} path={platform.path} />
      {changing ? (
        <SettingForm
          setting={setting}
          pending={putting.isPending}
          onSend={(value) => putting.mutate(value)}
          onCancel={() => setChanging(false)}
        />
      ) : (
        <div className="setting-acts">
          {setting.allowedActions.includes('set') && (
            <Button size="small" onClick={() => setChanging(true)}>
              {own ? SETTING_TEXT.change : SETTING_TEXT.set}
            </Button>
          )}
          {setting.allowedActions.includes('clear') && (
            <Button
              size="small"
              title={SETTING_TEXT.clearWhy}
              loading={clearing.isPending}
              onClick={() => clearing.mutate()}
            >
              {SETTING_TEXT.clear}
            </Button>
          )}
        </div>
      )}
      {error && <Failure error={error} />}
    </section>
  );
}

function originText(setting: PlatformSetting, own: boolean): string {
  if (setting.from === null) return SETTING_TEXT.fromDefault;
  return own ? SETTING_TEXT.fromHere : SETTING_TEXT.from(setting.from.name);
}
