/** The pages of 指挥体系, in the order in which a watch needs them. */
export const COMMAND_SECTIONS = [
  { to: '/command', text: '当前值守' },
  { to: '/command/log', text: '值班日志' },
  { to: '/command/reports', text: '信息报送' },
  { to: '/command/contacts', text: '通讯录' },
  { to: '/command/activations', text: '应急响应' },
  { to: '/command/notifications', text: '通知' },
  { to: '/command/handover', text: '交接班' },
  { to: '/command/roster', text: '排班' },
  // The standard side of the module; whoever may read the duty may read the standard.
  { to: '/standard/handbooks', text: '指挥手册' },
] as const;
