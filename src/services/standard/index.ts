export { listElements } from './list-elements.ts';
export { listHandbooks } from './list-handbooks.ts';
export { listItems } from './list-items.ts';
export { listSigns } from './list-signs.ts';
export { loadStandard, type LoadedStandard } from './load-standard.ts';
