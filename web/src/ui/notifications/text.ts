export const NOTIFICATION_TEXT = {
  attempts: (n: number) => `发了 ${n} 次`,
  nextAt: '下次',
  sent: '发出',
  delivered: '送达',
  read: '已读',
  answered: (answer: string | null) => (answer === null ? '回复' : `回复“${answer}”`),
  ofOrder: '通知',
  noneOfOrder: '这张工单还没有通知过谁',
  more: (n: number) => `汇总 ${n} 件`,
} as const;
