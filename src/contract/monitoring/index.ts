export * as fireWeatherRoutes from './fire-weather-routes.ts';
export type { FireWeatherDayView } from './fire-weather-routes.ts';
export * as gatewayRoutes from './gateway-routes.ts';
export type { GatewayLimits, GatewaySessionView, GatewayState, GatewayView } from './gateway-shapes.ts';
export * as monitoringRoutes from './routes.ts';
export type { Device, Point, Quarantined, ReplaySession } from './shapes.ts';
