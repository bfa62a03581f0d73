export * as reportRoutes from './routes.ts';
