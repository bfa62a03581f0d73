export { limitsFile } from './limits-file.ts';
export type { LintFault } from './lint-fault.ts';
export { lintLimits, lintStandard } from './lint-standard.ts';
export * as standardRoutes from './routes.ts';
export type { Element, Handbook, Parameter, Sign, WarningItem } from './shapes.ts';
export { standardFile } from './standard-file.ts';
