export * as warningRoutes from './routes.ts';
export { level, type Warning, type WarningDetail } from './shapes.ts';
