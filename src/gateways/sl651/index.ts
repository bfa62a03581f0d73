export { type Sl651Gateway, startSl651Gateway } from './gateway.ts';
export type { Sl651GatewayOptions } from './options.ts';
export { SL651_LENIENCY_TEXT, SL651_REFUSAL_TEXT } from './text.ts';
