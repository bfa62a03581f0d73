/** Wording that several pages of 平台体系 share. */
export const CONFLICT_TEXT = {
  title: '这条记录刚被别人改过，您填写的都还在',
  taken: (fields: string) => `已换成对方的新值（您没有改这几项）：${fields}。`,
  columns: ['项目', '您填写的', '对方保存的'],
  blank: '（空）',
  take: '用对方的',
  again: '核对后再按一次“保存”，即以表中现在的内容为准。',
} as const;

export const REVEAL_TEXT = {
  show: '显示',
  title: '查看完整电话',
  why: '查看的人、时间和理由记入审计，不能删除。',
  reason: '查看理由',
  reasonHint: '例：预警处置联系现场',
  quick: ['预警处置', '值班联络', '核对资料'],
  send: '查看',
  close: '关闭',
} as const;

export const FORM_TEXT = {
  save: '保存',
  cancel: '取消',
  edit: '编辑',
  needed: '必填',
  nothing: '没有改动',
} as const;

/** What has no value. */
export const NONE = '—';
export const NOT_TOLD = '未录入';
