export const LIFE_TEXT = {
  judge: '判为误报…',
  judgeTitle: '判为误报',
  judgeEffect: '工单的核实结论随之为误报；预警照常恢复、结案。原因选“设备故障”的，同时为这个监测点报修。',
  judgeSend: '判为误报',
  falseAlarm: '误报原因',
  note: '说明',
  noteOptional: '说明（可不填）',
  judged: '判定误报',
  reopen: '重新打开…',
  reopenTitle: '重新打开误结的预警',
  reopenEffect:
    '另成一条预警，与这一条相连，并另开工单。被拦下的报警重新计入；体征都已恢复的，凭您的判断按它到过的最高等级成立，工单结案时一并结案。',
  reopenReason: '为什么重新打开',
  reopenSend: '重新打开',
  reopenedFrom: '重开自',
  reopenedAs: '已重开为',
  warning: (id: number) => `预警 #${id}`,
} as const;
