export const TEXT = {
  title: '依赖关系',
  none: '没有登记的依赖关系',
  dependsOn: '依赖',
  neededBy: '被依赖',
} as const;
