export { type Sl651Gateway, startSl651Gateway } from './gateway.ts';
export { SL651_LENIENCY_TEXT, SL651_REFUSAL_TEXT } from './text.ts';
