const LIMIT = 'limit=50';

/** A list of a page, and what it is asked for by the words of that page. */
export interface AskedList {
  readonly name: string;
  readonly path: string;
  readonly filters: Readonly<Record<string, string>>;
}

export const ORDERS = `/api/v1/work-orders?${LIMIT}`;

/** By whose cursor one can go deep down: a moment and a number. */
export const LONG_LISTS: readonly AskedList[] = [
  {
    name: 'warnings',
    path: `/api/v1/warnings?${LIMIT}`,
    filters: {
      全部: '',
      生效: '&state=open',
      已恢复: '&state=normal',
      已结案: '&state=closed',
      未签收: '&alarmState=unacknowledged',
      已签收: '&alarmState=acknowledged',
      恢复未签收: '&alarmState=rtn-unacknowledged',
      红: '&level=red',
      生效的红: '&state=open&level=red',
      蓝: '&level=blue',
      防汛: '&scenario=FLOOD',
      燃气的红: '&scenario=GAS&level=red',
      实时: '&replay=false',
      回放: '&replay=true',
    },
  },
  {
    name: 'work orders',
    path: ORDERS,
    filters: {
      全部: '',
      未结案: '&open=true',
      待接单: '&state=dispatched',
      复核中: '&state=reviewing',
      待派单: '&state=raised',
      等我办: '&mine=true&open=true',
      超期: '&overdue=true',
      超期未结案: '&overdue=true&open=true',
      红: '&level=red',
      未结案的红: '&open=true&level=red',
      燃气: '&scenario=GAS',
      燃气的红: '&scenario=GAS&level=red',
      回放: '&replay=true',
    },
  },
  {
    name: 'incidents',
    path: `/api/v1/incidents?${LIMIT}`,
    filters: {
      全部: '',
      处置中: '&state=open',
      已结束: '&state=closed',
      大闭环: '&loop=large',
      处置中的大闭环: '&state=open&loop=large',
      燃气: '&scenario=GAS',
    },
  },
  {
    name: '督办',
    path: `/api/v1/supervisions?${LIMIT}`,
    filters: { 全部: '', 待答复: '&state=open', 已答复: '&state=answered', 已办结: '&state=closed' },
  },
  {
    name: 'reports',
    path: `/api/v1/incident-reports?${LIMIT}`,
    filters: { 全部: '', 收到的: '&received=true', 待签收: '&received=true&unsigned=true' },
  },
  {
    name: 'report flags',
    path: `/api/v1/report-flags?${LIMIT}`,
    filters: { 全部: '', 迟报: '&kind=late', 漏报: '&kind=missing', 已更改: '&kind=changed' },
  },
  {
    name: 'report matters',
    path: `/api/v1/report-matters?${LIMIT}`,
    filters: { 全部: '', 未结束: '&open=true', 已结束: '&open=false' },
  },
];

/** Whose first page is all that is asked here. */
export const SHORT_LISTS: readonly AskedList[] = [
  { name: '超期清单', path: `/api/v1/overdue-list?${LIMIT}`, filters: { 最近一份: '' } },
  {
    name: 'messages',
    path: `/api/v1/notifications?${LIMIT}`,
    filters: {
      全部: '',
      未发成: '&state=failed',
      无人可通知: '&state=unreachable',
      待发: '&state=queued',
      短信: '&kind=sms',
    },
  },
  { name: 'my messages', path: `/api/v1/my-notifications?${LIMIT}`, filters: { 站内: '' } },
  { name: 'report duties', path: `/api/v1/report-duties?${LIMIT}`, filters: { 待报送: '' } },
  { name: 'form dues', path: '/api/v1/incident-form-dues', filters: { 待填报: '' } },
  { name: '我的待办', path: '/api/v1/todo', filters: { 全部: '' } },
];
