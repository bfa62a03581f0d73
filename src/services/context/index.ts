export {
  type Actor,
  announce,
  type Announcement,
  audit,
  type AuditRecord,
  type Ground,
  RequestContext,
  SystemContext,
} from './context.ts';
export { cutPage, type MomentCursor, readCursor, readIdCursor, writeCursor } from './cursor.ts';
