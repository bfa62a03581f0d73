/** Names are drawn in the browser from its own fonts; with no `glyphs` address nothing is fetched. */
export const FONT = ['PingFang SC', 'Microsoft YaHei', 'Noto Sans SC', 'Noto Sans CJK SC'];
