export { type Hj212Gateway, startHj212Gateway } from './gateway.ts';
export { DEFAULT_LIMITS, type GatewayLimits, type GatewayLog, type Hj212GatewayOptions } from './options.ts';
export { type GatewayRefusal, HJ212_REFUSAL_TEXT } from './text.ts';
