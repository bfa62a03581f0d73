import { expect, test } from 'vitest';

import { mapClaims, type MappedPlatform, type Mapping } from './map-claims.ts';

const PLATFORMS = new Map<string, MappedPlatform>(
  [
    { code: 'PD', name: '区总平台', kind: 'district', inLingang: false },
    { code: 'lingang', name: '临港新片区分平台', kind: 'lingang', inLingang: true },
    { code: '310115125', name: '张江镇', kind: 'town', inLingang: false },
    { code: '310115145', name: '南汇新城镇', kind: 'town', inLingang: true },
    ...['001', '002', '004', '006', '008'].map((tail) => ({
      code: `310115125${tail}`,
      name: `居村${tail}`,
      kind: 'village',
      inLingang: false,
    })),
  ].map((platform) => [platform.code, platform]),
);

const line = (id: number, part: Partial<Mapping>): Mapping => ({
  id,
  priority: 100,
  enabled: true,
  effect: 'grant',
  claim: 'roles',
  value: 'village',
  role: 'village-handler',
  platform: null,
  platformClaim: 'org_code',
  ...part,
});
const BAR = line(1, {
  priority: 1,
  effect: 'bar',
  claim: 'enabled',
  value: 'false',
  role: null,
  platformClaim: null,
});
const TABLE: readonly Mapping[] = [
  BAR,
  line(2, {}),
  line(3, { value: 'town', role: 'town-operator' }),
  line(4, { value: 'lingang', role: 'business-admin', platform: 'lingang', platformClaim: null }),
];

function outcome(claims: object, table: readonly Mapping[] = TABLE): readonly string[] {
  const { barred, grants, refusals } = mapClaims(claims as Record<string, unknown>, table, PLATFORMS);
  return [
    ...(barred ? ['barred'] : []),
    ...grants.map(({ role, platform }) => `${role}@${platform.code}`),
    ...refusals.map(({ mapping, reason }) => `${mapping} ${reason}`),
  ];
}

const VILLAGE = ['village-handler@310115125001'];

test.each([
  ['the twelve digits of a village', { roles: ['village'], org_code: '310115125001' }, VILLAGE],
  ['a longer code, cut to the village', { roles: ['village'], org_code: '310115125001000' }, VILLAGE],
  ['a code sent as a number', { roles: ['village'], org_code: 310_115_125_001 }, VILLAGE],
  ['a single role that is no array', { roles: 'village', org_code: '310115125001' }, VILLAGE],
  ['one role among others', { roles: ['x', 'village', ''], org_code: '310115125001' }, VILLAGE],
  ['the nine digits of a town', { roles: ['town'], org_code: '310115125' }, ['town-operator@310115125']],
  [
    'a town’s code filled with zeros',
    { roles: ['town'], org_code: '310115125000' },
    ['town-operator@310115125'],
  ],
  ['the same, longer still', { roles: ['town'], org_code: '310115125000000' }, ['town-operator@310115125']],
  ['a platform that is fixed in the line', { roles: ['lingang'] }, ['business-admin@lingang']],
  [
    'two villages',
    { roles: ['village'], org_code: ['310115125001', '310115125002', '310115125001'] },
    ['village-handler@310115125001', 'village-handler@310115125002'],
  ],
  [
    'two roles',
    { roles: ['lingang', 'town'], org_code: '310115145' },
    ['town-operator@310115145', 'business-admin@lingang'],
  ],
])('%s is mapped', (_what, claims, wanted) => {
  expect(outcome(claims)).toEqual(wanted);
});

test.each([
  ['no claims at all', {}, ['0 no-match']],
  ['a role that is not in the table', { roles: ['system-admin'], org_code: 'PD' }, ['0 no-match']],
  ['a role without an organisation', { roles: ['village'] }, ['2 no-organisation']],
  ['an unknown organisation', { roles: ['village'], org_code: '310115999001' }, ['2 unknown-organisation']],
  [
    'letters for an organisation',
    { roles: ['village'], org_code: "310115125001' or '1'='1" },
    ['2 unknown-organisation'],
  ],
  ['a village’s role at a town', { roles: ['village'], org_code: '310115125' }, ['2 wrong-platform']],
  ['a town’s role at a village', { roles: ['town'], org_code: '310115125001' }, ['3 wrong-platform']],
  ['a town’s role at the district', { roles: ['town'], org_code: 'PD' }, ['3 wrong-platform']],
  [
    'roles of a wrong type',
    { roles: { village: true }, org_code: '310115125001' },
    ['2 claim-type', '3 claim-type', '4 claim-type'],
  ],
  [
    'an organisation of a wrong type',
    { roles: ['village'], org_code: { code: '310115125001' } },
    ['2 claim-type'],
  ],
  [
    'roles named by the prototype',
    JSON.parse('{"__proto__": {"roles": ["lingang"]}}') as object,
    ['0 no-match'],
  ],
])('%s gives nothing and says why', (_what, claims, wanted) => {
  expect(outcome(claims)).toEqual(wanted);
});

test('who is unknown in one village and known in another comes into the known one, and the other is told', () => {
  const claims = { roles: ['village'], org_code: ['310115125001', '310115999001'] };
  expect(outcome(claims)).toEqual(['village-handler@310115125001', '2 unknown-organisation']);
});

test('a line that is switched off gives nothing', () => {
  const table = [line(2, { enabled: false })];
  expect(outcome({ roles: ['village'], org_code: '310115125001' }, table)).toEqual(['0 no-match']);
});

test('a path of names is walked, and a name with dots in it is taken as it is written first', () => {
  const table = [line(2, { claim: 'realm_access.roles' })];
  const code = { org_code: '310115125001' };
  expect(outcome({ realm_access: { roles: ['village'] }, ...code }, table)).toEqual(VILLAGE);
  expect(outcome({ 'realm_access.roles': ['village'], ...code }, table)).toEqual(VILLAGE);
  expect(outcome({ realm_access: ['village'], ...code }, table)).toEqual(['0 no-match']);
  expect(outcome({ roles: ['village'] }, [line(2, { claim: 'roles.length', value: '1' })])).toEqual([
    '0 no-match',
  ]);
});

test.each([[false], ['false'], ['False'], [{ of: 'a wrong type' }], [['true', 'false']]])(
  'a person whose claim enabled is %j stays outside whatever else is said',
  (enabled) => {
    expect(outcome({ enabled, roles: ['village'], org_code: '310115125001' })).toEqual([
      'barred',
      '1 barred',
    ]);
  },
);

test('lower numbers come first: their platform is the home', () => {
  const table = [
    line(2, { priority: 20 }),
    line(9, {
      priority: 10,
      value: 'town',
      role: 'town-operator',
      platform: '310115125',
      platformClaim: null,
    }),
  ];
  expect(outcome({ roles: ['village', 'town'], org_code: '310115125001' }, table)).toEqual([
    'town-operator@310115125',
    'village-handler@310115125001',
  ]);
});

test('business administrators come from outside for Lingang only, more than four platforms for nobody', () => {
  const table = [line(2, { role: 'business-admin' })];
  expect(outcome({ roles: ['village'], org_code: '310115145' }, table)).toEqual(['business-admin@310115145']);
  for (const org_code of ['310115125', 'PD']) {
    expect(outcome({ roles: ['village'], org_code }, table)).toEqual(['2 wrong-platform']);
  }
  const five = ['001', '002', '004', '006', '008'].map((tail) => `310115125${tail}`);
  expect(outcome({ roles: ['village'], org_code: five })).toEqual(['0 too-many']);
  expect(outcome({ roles: ['village'], org_code: five.slice(1) })).toHaveLength(4);
});
