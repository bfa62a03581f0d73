export * as warningRoutes from './routes.ts';
export { level, type SignRecord, type SignTally, type Warning, type WarningDetail } from './shapes.ts';
export { type DependencyFile, dependencyFile, lintDependencies } from './dependency-file.ts';
