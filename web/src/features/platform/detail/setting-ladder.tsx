import type { PlatformName, PlatformSetting } from '#contract/platform';
import type { ReactElement } from 'react';

import { formatDateTime } from '../../../app/format.ts';
import { ladderOf } from './ladder.ts';
import { SETTING_TEXT, settingText } from './text.ts';

interface SettingLadderProps {
  readonly setting: PlatformSetting;
  /** From the root down to the platform whose page this is. */
  readonly path: readonly PlatformName[];
}

/** 这个值从哪里来: every rung from the default down to here; the one that holds is marked by a word too. */
export function SettingLadder({ setting, path }: SettingLadderProps): ReactElement {
  return (
    <ol className="ladder" aria-label={SETTING_TEXT.ladder(setting.label)}>
      {ladderOf(setting, path).map((rung) => (
        <li
          key={rung.code ?? 'default'}
          className={rung.holds ? 'rung rung-holds' : 'rung'}
          data-set={rung.set}
          title={
            rung.setBy === undefined
              ? undefined
              : SETTING_TEXT.by(rung.setBy, formatDateTime(rung.setAt ?? 0))
          }
        >
          <span className="rung-name">
            {rung.code === undefined ? SETTING_TEXT.defaultStep : rung.name}
            {rung.here && <span className="quiet"> · {SETTING_TEXT.here}</span>}
          </span>
          <span className="rung-value figures">
            {rung.set ? settingText(rung.value, setting.unit) : SETTING_TEXT.inherits}
            {rung.holds && <span className="rung-mark">{SETTING_TEXT.inForce}</span>}
          </span>
          {rung.setBy !== undefined && (
            <small className="quiet">{SETTING_TEXT.by(rung.setBy, formatDateTime(rung.setAt ?? 0))}</small>
          )}
        </li>
      ))}
    </ol>
  );
}
