import type { Level } from '#model/warning';

/** What is written on the map page. */
export const TEXT = {
  title: '风险一张图',
  side: '对象与图例',
  show: '地图显示什么',
  showWarnings: '预警',
  showCoverage: '覆盖',
  mapLabel: '浦东监测对象地图。用右侧的对象列表可以不看地图查到每一条预警',
  noBorders: '无边界数据：只显示街镇名称与对象点位',
  truncated: '视野内对象太多：有预警的先逐个画，其余成堆画出数目。放大可看每一个。',
  normal: '无预警',
  simulatedDot: '图形中心有白点的是模拟对象',
  heldHollow: '空心的图形：它的预警都已搁置、抑制或停用',
  clusterHint: '带数字的圆是聚在一起的对象，颜色与形状取其中最高等级',
  legend: '图例（视野内）',
  objects: '视野内对象',
  towns: '有预警的街镇',
  noTowns: '没有街镇有生效中的预警',
  noObjects: '视野内没有监测对象',
  noObjectsHint: '移动或缩小地图，或按名称查找。',
  noWarned: '视野内没有对象有生效中的预警',
  warnedOnly: '有预警的',
  all: '全部',
  search: '按名称查找对象',
  searchEmpty: '没有找到这个名称的对象',
  more: '再显示 100 个',
  close: '关闭',
  points: '监测点最新值',
  noPoints: '这个对象还没有登记监测点',
  noValue: '还没有读数',
  warnings: '生效中的预警',
  noWarnings: '没有生效中的预警',
  stale: '超时未更新',
  suspect: '存疑',
  nearestTown: '属地按最近的街镇中心推算',
  whole: '看全区',
  notDrawn: '这台设备的浏览器画不出地图（需要 WebGL 2）。对象列表照常可用。',
} as const;

export const BORDERS_TEXT = {
  button: '导入街镇边界',
  title: '导入街镇边界',
  intro:
    '选一个 GeoJSON 文件（WGS 84 坐标，FeatureCollection，每个街镇一个面）。名称或代码对得上街镇的才启用，监测对象的属地随之重算。',
  file: 'GeoJSON 文件',
  attribution: '数据来源（会显示在地图角上）',
  attributionHint: '例如 © OpenStreetMap contributors',
  send: '核对并导入',
  again: '再导入一个',
  done: '完成',
  notJson: '这个文件读不懂：不是 JSON。请选从制图软件导出的 GeoJSON 文件。',
  notCollection: '这个文件不是 FeatureCollection。请导出为 GeoJSON 的 FeatureCollection 再选。',
  noPolygons: '这个文件里没有面（Polygon 或 MultiPolygon）。街镇边界要用面表示。',
  notDegrees: '坐标不是经纬度（超出 -180 到 180）。请先转换为 WGS 84 再导出。',
  tooBig: '文件超过 20 MB。请先简化边界再导入。',
} as const;

export const LEVEL_MEANING: Readonly<Record<Level, string>> = {
  red: '特别严重',
  orange: '严重',
  yellow: '较重',
  blue: '一般',
};

/** `已启用 34 个街镇的边界，3 个对象的属地有变化。` and what did not fit. */
export function importSentences(result: {
  readonly matched: number;
  readonly unmatched: readonly string[];
  readonly missing: readonly string[];
  readonly objectsMoved: number;
}): readonly string[] {
  const sentences = [
    `已启用 ${result.matched} 个街镇的边界。`,
    result.objectsMoved > 0
      ? `${result.objectsMoved} 个监测对象的属地随之改变。`
      : '没有监测对象的属地改变。',
  ];
  if (result.unmatched.length > 0) {
    sentences.push(
      `文件里有 ${result.unmatched.length} 个面对不上街镇，没有启用：${result.unmatched.join('、')}。`,
    );
  }
  if (result.missing.length > 0) {
    sentences.push(`还有 ${result.missing.length} 个街镇没有边界：${result.missing.join('、')}。`);
  }
  return sentences;
}
