export { startHj212Gateway } from './gateway.ts';
export { HJ212_REFUSAL_TEXT } from './text.ts';
