export { listElements } from './list-elements.ts';
export { listHandbooks } from './list-handbooks.ts';
export { listItems } from './list-items.ts';
export { listParameters } from './list-parameters.ts';
export { listSigns } from './list-signs.ts';
export { listSwitchedOff } from './list-switched-off.ts';
export { loadStandard, type LoadedStandard } from './load-standard.ts';
