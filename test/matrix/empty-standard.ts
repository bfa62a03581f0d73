/** A draft's text that is well formed. */
export const EMPTY_STANDARD = {
  version: 1,
  document: {
    scenario: 'FLOOD',
    name: '空',
    version: '2026.9',
    owner: '空',
    elements: [],
    items: [],
    parameters: [],
    signs: [],
    handbook: [],
  },
};
