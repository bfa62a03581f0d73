import { list, open, record, type Rule } from './rule.ts';
import { CORNERS } from './zones.ts';

const FIRST_PORT = 47_000;
let opened = 0;

/** Doors for data, and the devices that come by them. */
export const GATEWAY_RULES: Readonly<Record<string, Rule>> = {
  'GET /api/v1/gateways': list(),
  'POST /api/v1/gateways': {
    kind: 'create',
    body: (zone) => ({
      platform: CORNERS[zone].platform,
      protocol: 'hj212',
      name: '网关',
      port: FIRST_PORT + (opened += 1),
    }),
  },
  // The gateway of a corner is one by the settings: it cannot be moved or taken away, so that everybody finds it there.
  'PUT /api/v1/gateways/{id}': {
    kind: 'record',
    of: 'gateway',
    body: { name: '网关', port: 1, enabled: true, limits: {} },
  },
  'DELETE /api/v1/gateways/{id}': record('gateway'),
  'GET /api/v1/gateways/{id}/sessions': record('gateway'),
  'DELETE /api/v1/gateways/{id}/sessions/{session}': record('gateway'),
  'GET /api/v1/devices/{id}': record('device'),
  'PUT /api/v1/devices/{id}': { kind: 'record', of: 'device', body: { points: [], settings: {} } },
  'POST /api/v1/devices/{id}/commands': { kind: 'record', of: 'device', body: { kind: 'set-clock' } },
  'POST /api/v1/frame-tests': open('reads what is pasted'),
};
