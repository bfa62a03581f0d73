import { own, record, type Rule } from './rule.ts';
import { CORNERS, type Zone } from './zones.ts';

const asked = (zone: Zone): { readonly point: string; readonly sign: string } => ({
  point: `m-${zone}`,
  sign: CORNERS[zone].sign,
});

/** Of how well alarms do, and of what is proposed to better them. */
export const PERFORMANCE_RULES: Readonly<Record<string, Rule>> = {
  'GET /api/v1/alarm-performance': own('of desks one covers; see performance.test.ts'),
  'GET /api/v1/alarm-performance/nuisances': own('of desks one covers; see performance.test.ts'),
  'GET /api/v1/alarm-performance/actor': {
    kind: 'create',
    query: (zone) => `?point=${asked(zone).point}&sign=${asked(zone).sign}`,
  },
  'POST /api/v1/alarm-proposals': { kind: 'create', refusal: 'proposal.nothing', body: asked },
  'GET /api/v1/alarm-proposals/{id}': record('alarm-proposal'),
  'POST /api/v1/alarm-proposals/{id}/rehearse': record('alarm-proposal'),
  'POST /api/v1/alarm-proposals/{id}/mend': record('alarm-proposal'),
  'POST /api/v1/alarm-proposals/{id}/take': record('alarm-proposal'),
  'POST /api/v1/alarm-proposals/{id}/reject': record('alarm-proposal'),
};
