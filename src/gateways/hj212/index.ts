export { LENIENCY_TEXT as HJ212_LENIENCY_TEXT } from '#protocols/hj212';
export { startHj212Gateway } from './gateway.ts';
export { HJ212_REFUSAL_TEXT } from './text.ts';
