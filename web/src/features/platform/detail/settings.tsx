import type { PlatformDetail } from '#contract/platform';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';

import { Empty, Resource } from '../../../ui/states.tsx';
import { settingsQuery } from './detail-queries.ts';
import { SettingCard } from './setting-card.tsx';
import { SETTING_TEXT } from './text.ts';

/** The settings that hold at a platform, each with the ladder it comes down. */
export function Settings({ platform }: { readonly platform: PlatformDetail }): ReactElement {
  const query = useQuery(settingsQuery(platform.code));
  return (
    <>
      <p className="quiet settings-intro">{SETTING_TEXT.intro}</p>
      <Resource query={query} rows={8}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={SETTING_TEXT.none} />
          ) : (
            <ul className="settings">
              {items.map((setting) => (
                <li key={setting.key} className="panel setting">
                  <SettingCard platform={platform} setting={setting} />
                </li>
              ))}
            </ul>
          )
        }
      </Resource>
    </>
  );
}
