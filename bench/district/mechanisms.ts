/** What keeps the load of the people on duty down, each to be left out for a run. */
export const MECHANISMS = ['filter', 'cause', 'cards', 'verification', 'shelving'] as const;
export type Mechanism = (typeof MECHANISMS)[number];

export const MECHANISM_TEXT: Readonly<Record<Mechanism, string>> = {
  filter: '回差与延时',
  cause: '按起因抑制',
  cards: '归并与负荷守护',
  verification: '人工核实',
  shelving: '搁置',
};
