export { getMonth } from './get-month.ts';
