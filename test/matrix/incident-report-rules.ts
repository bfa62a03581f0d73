import { list, open, record, type Rule } from './rule.ts';
import { CORNERS } from './zones.ts';

const NOBODY = { deaths: null, injuries: null, unaccounted: null };
const FIELDS = {
  source: '来电',
  received: '刚才',
  where: '路口',
  nature: '积水',
  reach: '',
  losses: '',
  trend: '',
  leaders: '',
  measures: '已到场',
  suggestions: '',
};

/** Of 信息报送. */
export const INCIDENT_REPORT_RULES: Readonly<Record<string, Rule>> = {
  'GET /api/v1/report-rules': open('one set of rules for the whole district'),
  'PUT /api/v1/report-rules/{code}': open('the district’s alone, whoever asks; see report-rules.test.ts'),
  'GET /api/v1/report-duties': list('?limit=500'),
  'GET /api/v1/report-matters': list('?limit=500'),
  'POST /api/v1/report-matters': {
    kind: 'create',
    body: (zone) => ({
      trigger: 'emergency',
      title: '路口积水',
      told: '来电称路口积水',
      casualties: NOBODY,
      platform: CORNERS[zone].platform,
      eventAt: Date.now() - 60_000,
      knownAt: Date.now() - 60_000,
      idempotencyKey: `matrix-report-${zone}`,
    }),
  },
  'POST /api/v1/report-matters/gather': open('an incident outside is not found; see gather-reports.test.ts'),
  'GET /api/v1/report-matters/{id}': record('report-matter'),
  'GET /api/v1/report-matters/{id}/draft': record(
    'report-matter',
    '?platform=PD&recipient=city&channel=written',
  ),
  'POST /api/v1/report-matters/{id}/reports': {
    kind: 'record',
    of: 'report-matter',
    body: {
      platform: 'PD',
      recipient: 'city',
      channel: 'written',
      eventAt: 0,
      casualties: NOBODY,
      fields: FIELDS,
      idempotencyKey: 'matrix-report',
    },
  },
  'GET /api/v1/incident-reports': list('?limit=500'),
  'POST /api/v1/incident-reports/{id}/sign': record('incident-report'),
  'POST /api/v1/incident-reports/{id}/questions': record('incident-report'),
  'POST /api/v1/incident-reports/{id}/changes': record('incident-report'),
  'GET /api/v1/incident-reports/{id}/document': record('incident-report'),
  'POST /api/v1/report-questions/{id}/answer': record('report-question'),
  'GET /api/v1/report-flags': list('?limit=500'),
};
