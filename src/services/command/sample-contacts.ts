/** A contact of the demonstration: a public hotline, or a post that is made up and says so. */
export interface SampleContact {
  readonly platform: string;
  readonly name: string;
  readonly unit: string | null;
  readonly title: string | null;
  readonly phone: string;
  readonly isPublic: boolean;
  readonly tags: readonly string[];
}

const hotline = (phone: string, name: string, unit: string): SampleContact => ({
  platform: 'PD',
  name,
  unit,
  title: null,
  phone,
  isPublic: true,
  tags: ['热线'],
});

/** Area code 021 and a number that begins with 0 is given to nobody. */
const post = (platform: string, name: string, phone: string, tags: readonly string[]): SampleContact => ({
  platform,
  name,
  unit: null,
  title: '值班岗位（模拟）',
  phone,
  isPublic: false,
  tags,
});

export const SAMPLE_CONTACTS: readonly SampleContact[] = [
  hotline('110', '110 报警', '公安'),
  hotline('119', '119 火警', '消防救援'),
  hotline('120', '120 急救', '医疗急救中心'),
  hotline('122', '122 交通事故报警', '公安交警'),
  hotline('12345', '12345 市民服务热线', '城运中心'),
  hotline('95598', '95598 供电服务热线', '国家电网'),
  hotline('12121', '12121 天气预报', '气象'),
  hotline('962777', '962777 燃气热线', '上海燃气'),
  hotline('962740', '962740 供水热线', '上海供水'),
  post('FLOOD', '防汛值守甲', '021-00000011', ['防汛']),
  post('FLOOD', '防汛值守乙', '021-00000012', ['防汛']),
  post('FLOOD', '排水泵站值守', '021-00000013', ['防汛', '泵站']),
  post('FLOOD', '防汛物资保管', '021-00000014', ['防汛', '物资']),
];

export const SAMPLE_STORE = {
  platform: 'FLOOD',
  name: '防汛物资库（模拟）',
  address: '张江（模拟地址）',
  lat: 31.21,
  lon: 121.59,
  keeper: '防汛物资保管',
  items: [
    { name: '移动泵车', quantity: 4, unit: '台' },
    { name: '防汛沙袋', quantity: 3000, unit: '只' },
    { name: '挡水板', quantity: 120, unit: '块' },
    { name: '应急照明灯', quantity: 40, unit: '盏' },
  ],
} as const;

/** Whoever stands in a sample roster: an account by its user name, or a contact by its name. */
type SampleHolder = { readonly username: string } | { readonly contact: string };
export interface SampleRoster {
  readonly platform: string;
  readonly name: string;
  readonly seats: readonly {
    readonly name: string;
    readonly turn: 'shift' | 'day';
    readonly rota: readonly SampleHolder[];
  }[];
}

export const SAMPLE_ROSTERS: readonly SampleRoster[] = [
  {
    platform: 'PD',
    name: '区总平台总值班',
    seats: [
      { name: '值班长', turn: 'shift', rota: [{ username: 'district' }, { username: 'coordinator' }] },
      { name: '值班员', turn: 'shift', rota: [{ username: 'cityops' }, { username: 'office' }] },
    ],
  },
  {
    platform: 'FLOOD',
    name: '防汛防台值班',
    seats: [
      { name: '值班长', turn: 'shift', rota: [{ username: 'flood.admin' }, { username: 'flood.head' }] },
      { name: '值班员', turn: 'shift', rota: [{ username: 'flood.handler' }, { contact: '防汛值守甲' }] },
      { name: '带班领导', turn: 'day', rota: [{ username: 'flood.leader' }, { contact: '防汛值守乙' }] },
    ],
  },
];
