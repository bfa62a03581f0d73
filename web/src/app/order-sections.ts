/** The pages of 闭环处置全流程. */
export const ORDER_SECTIONS = [
  { to: '/orders', text: '工单' },
  { to: '/orders/incidents', text: '事件' },
] as const;
