import type { ImportKind } from '#contract/platform';

/** What is written on the import page. */
export const TEXT = {
  title: '批量导入',
  hint: '先核对，逐行列出全部问题；没有问题才导入，要么全部导入，要么一条不动',
  kind: '导入什么',
  datum: '表里的坐标从哪里来',
  drop: '把文件拖到这里，或点一下选择',
  dropHint: 'Excel 表格（.xlsx）或 JSON，不超过 20 MB、2 万行。表头用中文即可，认不出的列可以手工对应',
  dropAgain: '换一个文件，或改好后重新选择',
  template: '下载现有数据作表样',
  badType: (name: string) =>
    `“${name}”不是 xlsx 或 JSON。旧的 .xls 和 .csv 请在表格软件里另存为 .xlsx 再选。`,
  tooLarge: (name: string) => `“${name}”超过 20 MB，请分成几个文件。`,
  unreadable: (name: string) => `“${name}”读不出来。它可能正被别的程序占用，请关闭后重新选择。`,
  checking: (name: string) => `正在逐行核对“${name}”…`,
  writing: (name: string) => `正在导入“${name}”…`,
  elapsed: (seconds: number) => `已用 ${seconds} 秒`,
  recheck: '重新核对',
  rows: '数据行',
  created: '新增',
  updated: '更新',
  unchanged: '不变',
  faults: '问题',
  clean: '没有问题，可以导入',
  dirty: (count: string) => `${count} 处问题，改好之前不会导入任何一行`,
  missing: (fields: string) => `还缺必填的列：${fields}。请在下面“列的对应”里指定。`,
  nothing: '表里没有数据行。请检查选的是不是这张表。',
  confirm: '确认导入',
  confirmRows: (count: string) => `确认导入 ${count} 行`,
  done: '导入完成',
  doneWords: (created: string, updated: string, unchanged: string) =>
    `新增 ${created}，更新 ${updated}，不变 ${unchanged}`,
  look: '去看列表',
  another: '再导入一个文件',
  notes: '说明',
  showMapping: '查看列的对应',
} as const;

export const KIND_TEXT: Readonly<Record<ImportKind, string>> = {
  objects: '监测对象',
  units: '单位',
  platforms: '平台资料',
  ledger: '底数台账',
};

export const MAPPING = {
  title: '列的对应',
  hint: '左边是表里的列和头几个值，右边选它是什么。同一个字段只能对应一列。',
  recognised: (known: number, all: number) => `${all} 列中认出 ${known} 列`,
  header: '表里的列',
  samples: '头几个值',
  field: '对应字段',
  ignore: '不导入',
  how: { synonym: '自动认出', mapping: '按保存的对应' },
  noSample: '（空列）',
  noHeader: '（没有表头）',
  required: '必填',
  name: '对应的名称',
  save: '保存对应并重新核对',
  saveHint: '表头相同的表格下次自动套用。',
  kept: '套用已保存的对应',
  remove: '删除这个对应',
  used: (name: string) => `已套用“${name}”`,
} as const;

export const FAULT = {
  title: '问题清单',
  columns: ['行', '列', '表里的值', '怎么改'],
  search: '在问题里查找',
  column: '列',
  every: (column: string, count: string) => `${column}（${count}）`,
  download: '下载问题清单 CSV',
  file: (name: string) => `${name} 问题清单.csv`,
  more: (count: string) => `再显示 ${count} 条`,
  shown: (shown: string, all: string) => `显示 ${shown} / ${all} 条`,
  none: '没有符合的问题',
  blank: '（空）',
  whole: '整表',
} as const;
