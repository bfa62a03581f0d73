export * as fireWeatherRoutes from './fire-weather-routes.ts';
export type { FireWeatherDayView } from './fire-weather-routes.ts';
export * as monitoringRoutes from './routes.ts';
export type { Device, Point, Quarantined, ReplaySession } from './shapes.ts';
