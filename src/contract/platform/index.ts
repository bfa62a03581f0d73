export * as platformRoutes from './routes.ts';
export type { MapObject, MonitoredObject, Platform, PlatformCount, Session, Town } from './shapes.ts';
export { platformKind } from './shapes.ts';
