export {
  CHANNEL_SECRETS,
  type ChannelSettings,
  channelSettings,
  type SettingsOf,
} from './channel-settings.ts';
export * as calleeRoutes from './callee-routes.ts';
export type { Callee } from './callee-routes.ts';
export type { Contact, ContactTeam, Store } from './contact-shapes.ts';
export type {
  DeskCall,
  DeskChange,
  DeskOrder,
  DeskSource,
  DeskTold,
  DeskWarning,
  DutyDesk,
} from './desk-shapes.ts';
export { DESK_CHANGES } from './desk-shapes.ts';
export type { Handover, HandoverDetail, HandoverDocument } from './handover-shapes.ts';
export { handoverDocument } from './handover-shapes.ts';
export * as notificationRoutes from './notification-routes.ts';
export type {
  Channel,
  Notification,
  NotificationPreference,
  NotificationTemplate,
  OwnWay,
} from './notification-shapes.ts';
export * as commandRoutes from './routes.ts';
export type {
  CalendarYear,
  Call,
  DutyPerson,
  DutyRoster,
  Generated,
  LogLine,
  OnDuty,
  Roster,
  RosterConflict,
  Shift,
  Swap,
} from './shapes.ts';
export { TODO_KINDS, type TodoKind, type Waiting } from './todo-routes.ts';
export * as incidentReportRoutes from './report-routes.ts';
export type {
  IncidentReport,
  ReportDraft,
  ReportDutyRecord,
  ReportFlagRecord,
  ReportMatter,
  ReportMatterDetail,
  ReportRuleRecord,
} from './report-shapes.ts';
export { reportRuleFile } from './report-shapes.ts';
