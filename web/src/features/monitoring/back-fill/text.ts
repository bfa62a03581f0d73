export const BACK_FILL_TEXT = {
  intro:
    '断线期间记在仪器、表格里的读数，从这里补进来。先核对，列出每一处问题；补进的读数标记为“迟到”，只补历史，不触发预警。',
  format: (rows: string) => `CSV 或 xlsx，表头为 监测点、时间（北京时间）、数值，一份不超过 ${rows} 行。`,
  choose: '选择文件',
  apply: (rows: string) => `补录 ${rows} 行`,
  clean: (rows: string, points: string) => `${rows} 行、${points} 个监测点，没有问题。`,
  faulty: (count: string, rows: string) => `${rows} 行里有 ${count} 处问题，改正后重新选择文件。`,
  done: (rows: string) => `已补录 ${rows} 行。已经有的读数保持不变。`,
  span: '时间范围',
  columns: ['行', '列', '内容', '问题'],
  runs: '我的补录',
  runColumns: ['文件', '状态', '进度', '开始'],
  noRuns: '系统启动以来没有补录过',
  states: { running: '补录中', done: '已完成', failed: '没有完成' },
} as const;
