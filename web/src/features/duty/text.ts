export const TEXT = {
  title: '值守台',
  overdue: '超期工单',
  unread: '未签收',
  unreadCount: (count: number) => `${count} 条未签收`,
  recent: '最新变化',
  allWarnings: '全部预警',
  noRecent: '眼下没有预警',
  noRecentHint: '有预警发生、升级或恢复时，会自动出现在这里。',
  orders: '最急的工单',
  allOrders: '全部工单',
  noOrders: '没有未结案的工单',
  calls: '接下来叫谁',
  noCalls: '没有待发的提醒',
  noScope: '您的角色不值守',
  noScopeHint: '左侧列出了您可以使用的模块。',
  replay: '正在回放',
  replayClock: '放到',
  replayNote: '其中的预警和工单标有“回放”，不计入统计。',
  soon: '马上',
  wall: '大屏',
  held: '拦下的报警',
  heldNone: '没有被拦下的报警',
  sources: '静默的来源',
  sourcesNone: '没有静默或失常的来源',
  allSources: '全部故障',
  more: (count: number) => `还有 ${count} 处`,
  blind: (blind: number, thin: number) => `盲区 ${blind} 处，看得不足 ${thin} 处`,
} as const;

export const LOOK_TEXT = {
  never: '还没有记下您看到哪里。',
  begin: '从现在起记',
  since: (at: string) => `上次看过 ${at}，之后：`,
  nothing: '没有新情况',
  looked: '看过了',
  more: (count: number) => `另有 ${count} 项，请到各自的列表查看。`,
  kinds: {
    raised: { word: '新', unit: '条' },
    upgraded: { word: '升级', unit: '条' },
    normal: { word: '恢复', unit: '条' },
    overdue: { word: '超期', unit: '单' },
    quiet: { word: '静默', unit: '处' },
  },
} as const;

export const PAST_TEXT = {
  open: '时间机',
  title: (at: string) => `这是 ${at} 的样子`,
  hint: '以当时已经记录的为准，之后才收到的不在其中。',
  back: '回到现在',
  field: '看哪一刻（北京时间）',
  slider: '在一天之内移动',
  show: '看这一刻',
  steps: [
    { label: '−10 分', ms: -600_000 },
    { label: '−1 分', ms: -60_000 },
    { label: '+1 分', ms: 60_000 },
    { label: '+10 分', ms: 600_000 },
  ],
} as const;

export const SOUND_TEXT = {
  on: '声音开',
  off: '声音关',
  blocked: '声音被浏览器拦住了，点一下开启',
  practice: '回放和模拟也响',
} as const;
