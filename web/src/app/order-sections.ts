/** The pages of 闭环处置全流程. */
export const ORDER_SECTIONS = [
  { to: '/orders', text: '工单' },
  { to: '/orders/incidents', text: '事件' },
  { to: '/orders/overdue', text: '超期清单' },
  { to: '/orders/supervisions', text: '督办' },
  { to: '/orders/closure', text: '结案质量' },
  { to: '/orders/drills', text: '演练' },
] as const;
