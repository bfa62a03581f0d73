import { fresh, list, open, own, record, type Rule } from './rule.ts';
import { CORNERS } from './zones.ts';

const span = (): string => `from=${Date.now() - 3_600_000}&to=${Date.now()}&format=csv`;

const hook = (name: string) => ({ name, url: 'https://receiver.invalid/puan', warnings: true });

/** Of what others take from the platform. */
export const SHARING_RULES: Readonly<Record<string, Rule>> = {
  'GET /api/v1/reading-exports': { kind: 'create', query: (zone) => `?point=m-${zone}&${span()}` },
  'GET /v1.1': open('tells the entity sets and the clauses that are met'),
  'GET /v1.1/{entities}': list('?$top=1000&$expand=Datastreams'),
  'GET /v1.1/{entities}/{path}': record('object', '?$expand=Thing,Observations($top=1)'),
  'GET /api/v1/webhooks': list('?limit=500'),
  'POST /api/v1/webhooks': {
    kind: 'create',
    body: (zone) => ({ ...hook(fresh(zone)), platform: CORNERS[zone].platform }),
  },
  'DELETE /api/v1/webhooks/{id}': record('webhook'),
  'GET /api/v1/webhooks/{id}/deliveries': record('webhook'),
  'POST /api/v1/webhooks/{id}/pause': { kind: 'record', of: 'webhook', body: {} },
  'POST /api/v1/webhooks/{id}/resume': record('webhook'),
  'POST /api/v1/webhook-deliveries/{id}/resend': open('of a webhook in reach; see webhooks.test.ts'),
  'GET /api/v1/shared-items': list('?limit=500'),
  'POST /api/v1/shared-items': {
    kind: 'create',
    body: (zone) => ({ name: fresh(zone), platform: CORNERS[zone].platform }),
  },
  'DELETE /api/v1/shared-items/{id}': record('shared-item'),
  'GET /api/v1/shared-items/{id}/readings': record('shared-item', `?${span()}`),
  'GET /api/v1/shared-grants': list('?limit=500'),
  'POST /api/v1/shared-grants': open('of an item in reach; see sharing.test.ts'),
  'POST /api/v1/shared-grants/{id}/end': record('shared-grant'),
  'GET /api/v1/shared-grants/{id}/use': record('shared-grant'),
  'GET /api/v1/shared-grants/{id}/readings': own('only the token it names; see sharing.test.ts'),
};
