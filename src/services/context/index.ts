export { audit, auditAll, type AuditRecord, auditRule, auditVisitor } from './audit.ts';
export {
  type Actor,
  announce,
  type Announcement,
  type Ground,
  nobodyFrom,
  RequestContext,
  SystemContext,
} from './context.ts';
export { limitAt, settingAt, settingsOfScenarios } from './settings.ts';
export { openPhone, sealPhone } from './phone.ts';
export { cutPage, type MomentCursor, readCursor, readIdCursor, writeCursor } from './cursor.ts';
export { placedFor, reaches, type Standing } from './standing.ts';
export { loadObjectFacts, type ObjectFacts } from './object-facts.ts';
