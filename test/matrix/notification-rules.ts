import { before, fresh, list, open, own, record, type Rule } from './rule.ts';
import { CORNERS } from './zones.ts';

const MINE = own('one’s own messages and quiet hours');
const DISTRICT = 'one set of words for the whole district; see notification-desk.test.ts';
const settings = { kind: 'wecom-robot', key: 'k' };

/** Of channels and of what was told by them. */
export const NOTIFICATION_RULES: Readonly<Record<string, Rule>> = {
  'GET /api/v1/channels': list('?limit=500'),
  'POST /api/v1/channels': {
    kind: 'create',
    body: (zone) => ({ name: fresh(zone), platform: CORNERS[zone].platform, settings }),
  },
  'PUT /api/v1/channels/{id}': record('channel'),
  'DELETE /api/v1/channels/{id}': record('channel'),
  'POST /api/v1/channels/{id}/test': record('channel'),
  'GET /api/v1/notifications': { kind: 'list', query: '?limit=500', shows: false },
  'GET /api/v1/work-orders/{id}/notifications': record('work-order'),
  'GET /api/v1/my-notifications': MINE,
  'POST /api/v1/my-notifications/read': MINE,
  'POST /api/v1/my-notifications/test': MINE,
  'GET /api/v1/notification-preference': MINE,
  'PUT /api/v1/notification-preference': MINE,
  'GET /api/v1/notification-templates': open(DISTRICT),
  'PUT /api/v1/notification-templates/{cause}/{level}': open(DISTRICT),
  'DELETE /api/v1/notification-templates/{cause}/{level}': open(DISTRICT),
  'POST /api/v1/notification-receipts/{id}': before('a provider proves itself by the channel’s signature'),
  'GET /api/v1/notification-receipts/{id}': before('a provider proves itself by the channel’s signature'),
};
