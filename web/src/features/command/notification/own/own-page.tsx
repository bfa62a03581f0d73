import '../../../../ui/notifications/notification.css';
import '../../command.css';
import './own.css';

import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';

import { PageHead } from '../../../../ui/page-head.tsx';
import { Resource } from '../../../../ui/states.tsx';
import { preferenceQuery } from '../queries.ts';
import { OWN_TEXT as TEXT } from './text.ts';
import { QuietPanel } from './quiet-panel.tsx';
import { TellingPanel } from './telling-panel.tsx';
import { WayPanel } from './way-panel.tsx';
import { WebPushSwitch } from '../web-push-switch.tsx';

/** 我的通知: how I can be reached, when I am not disturbed, and what came of what was sent to me. */
export function OwnNotificationsPage(): ReactElement {
  const query = useQuery(preferenceQuery);
  return (
    <>
      <PageHead title={TEXT.title} hint={TEXT.hint} extra={<Link to="/me">{TEXT.account}</Link>} />
      <Resource query={query} rows={6}>
        {(preference) => (
          <div className="own-notifications">
            <WayPanel preference={preference} />
            <div className="own-aside">
              <QuietPanel preference={preference} key={JSON.stringify(preference.quiet)} />
              <WebPushSwitch />
              <TellingPanel />
            </div>
          </div>
        )}
      </Resource>
    </>
  );
}
