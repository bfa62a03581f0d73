import type { ImportKind } from '#contract/platform';

/** How the text of a cell is read. */
export type FieldType =
  | 'code'
  | 'text'
  | 'scenarios'
  | 'latitude'
  | 'longitude'
  | 'coordinates'
  | 'town'
  | 'village'
  | 'platform'
  | 'unit-kind'
  | 'credit-code'
  | 'phone'
  | 'count'
  | 'day'
  | 'year';

export interface FieldRule {
  readonly field: string;
  readonly label: string;
  readonly type: FieldType;
  /** Without it a new record cannot be made. */
  readonly required: boolean;
  readonly longest: number;
  /** Headers by which offices call it. */
  readonly synonyms: readonly string[];
}

const rule = (
  field: string,
  label: string,
  type: FieldType,
  { required = false, longest = 100, synonyms = [] as readonly string[] } = {},
): FieldRule => ({ field, label, type, required, longest, synonyms });

/** The columns each kind of sheet may have; the label is the header of an export. */
export const IMPORT_FIELDS: Readonly<Record<ImportKind, readonly FieldRule[]>> = {
  objects: [
    rule('code', '对象编码', 'code', {
      required: true,
      synonyms: ['编码', '编号', '代码', '对象编号', '对象代码', '设施编号', '设施编码', 'code'],
    }),
    rule('name', '对象名称', 'text', {
      required: true,
      longest: 200,
      synonyms: ['名称', '监测对象', '监测对象名称', '设施名称', '点位名称', '项目名称', 'name'],
    }),
    rule('scenarios', '场景', 'scenarios', {
      required: true,
      synonyms: [
        '所属场景',
        '应用场景',
        '专项场景',
        '专项应用场景',
        '场景编码',
        '场景名称',
        'scenario',
        'scenarios',
      ],
    }),
    rule('lat', '纬度', 'latitude', { required: true, synonyms: ['北纬', 'y', 'y坐标', 'lat', 'latitude'] }),
    rule('lon', '经度', 'longitude', {
      required: true,
      synonyms: ['东经', 'x', 'x坐标', 'lon', 'lng', 'long', 'longitude'],
    }),
    rule('coordinates', '经纬度', 'coordinates', {
      synonyms: ['坐标', '位置坐标', '经纬度坐标', 'coordinates'],
    }),
    rule('town', '街镇', 'town', {
      synonyms: ['所属街镇', '街道', '镇', '街道镇', '街道/镇', '属地', '属地街镇', '街镇编码', 'town'],
    }),
    rule('village', '居村', 'village', {
      synonyms: [
        '所属居村',
        '居委',
        '村居',
        '居村委',
        '居委村委',
        '居/村委',
        '村',
        '社区',
        '居村编码',
        'village',
      ],
    }),
    rule('address', '地址', 'text', {
      longest: 200,
      synonyms: ['详细地址', '位置', '地点', '所在位置', '具体位置', 'address'],
    }),
    rule('owner', '权属单位', 'text', {
      synonyms: ['产权单位', '业主单位', '业主', '权属', '所有单位', 'owner'],
    }),
    rule('operator', '运营单位', 'text', {
      synonyms: ['运行单位', '管理单位', '使用单位', '管养单位', '经营单位', 'operator'],
    }),
    rule('maintainer', '维保单位', 'text', {
      synonyms: ['维护单位', '养护单位', '维修单位', '运维单位', 'maintainer'],
    }),
  ],
  units: [
    rule('code', '单位编码', 'code', {
      required: true,
      longest: 60,
      synonyms: ['编码', '编号', '代码', '单位编号', '单位代码', 'code'],
    }),
    rule('name', '单位名称', 'text', { required: true, synonyms: ['名称', '单位', '企业名称', 'name'] }),
    rule('kind', '单位类型', 'unit-kind', {
      required: true,
      synonyms: ['类型', '类别', '单位类别', '单位性质', 'kind'],
    }),
    rule('creditCode', '统一社会信用代码', 'credit-code', {
      synonyms: ['信用代码', '社会信用代码', '统一信用代码', 'creditcode'],
    }),
    rule('platform', '所属平台', 'platform', {
      required: true,
      synonyms: ['平台', '平台编码', '平台名称', '归口平台', '主管平台', 'platform'],
    }),
    rule('contact', '联系岗位', 'text', { longest: 60, synonyms: ['联系人', '联络人', '岗位', 'contact'] }),
    rule('phone', '电话', 'phone', {
      longest: 20,
      synonyms: ['联系电话', '电话号码', '手机', '手机号', '联系方式', 'phone', 'tel'],
    }),
    rule('address', '地址', 'text', {
      longest: 200,
      synonyms: ['单位地址', '详细地址', '办公地址', 'address'],
    }),
    rule('note', '备注', 'text', { longest: 500, synonyms: ['说明', '附注', 'note', 'remark'] }),
  ],
  ledger: [
    rule('scenario', '场景', 'scenarios', {
      synonyms: ['所属场景', '应用场景', '专项场景', '场景编码', '场景名称', 'scenario'],
    }),
    rule('kind', '对象类别', 'text', {
      required: true,
      longest: 60,
      synonyms: ['类别', '类型', '对象类型', '设施类型', '设施类别', '类别编码', 'kind'],
    }),
    rule('town', '街镇', 'town', {
      required: true,
      synonyms: ['所属街镇', '街道', '镇', '街道镇', '街道/镇', '属地', '属地街镇', '街镇编码', 'town'],
    }),
    rule('village', '居村', 'village', {
      synonyms: ['所属居村', '居委', '村居', '居村委', '居委村委', '村', '社区', '居村编码', 'village'],
    }),
    rule('quantity', '数量', 'count', { synonyms: ['底数', '个数', '总数', '应监测数', '台数', 'quantity'] }),
    rule('name', '名称', 'text', {
      longest: 200,
      synonyms: ['对象名称', '设施名称', '点位名称', '单位名称', 'name'],
    }),
    rule('object', '监测对象编码', 'code', {
      longest: 64,
      synonyms: ['对象编码', '对象编号', '对象代码', '已登记对象', 'object'],
    }),
    rule('source', '来源', 'text', {
      required: true,
      longest: 200,
      synonyms: ['数据来源', '底数来源', '出处', 'source'],
    }),
    rule('asOf', '截至日期', 'day', {
      required: true,
      synonyms: ['截至', '截止日期', '统计日期', '数据日期', '日期', 'asof'],
    }),
    rule('note', '备注', 'text', { longest: 500, synonyms: ['说明', '附注', 'note', 'remark'] }),
  ],
  population: [
    rule('town', '街镇', 'town', {
      required: true,
      synonyms: ['所属街镇', '街道', '镇', '街道镇', '街道/镇', '地区', '街镇编码', 'town'],
    }),
    rule('residents', '常住人口', 'count', {
      required: true,
      synonyms: ['常住人口数', '人口', '人口数', '居住人口', '常住', 'residents', 'population'],
    }),
    rule('workers', '从业人口', 'count', {
      synonyms: ['从业人员', '从业人数', '从业人员数', '就业人口', '工作人口', '从业', 'workers'],
    }),
    rule('source', '来源', 'text', {
      required: true,
      longest: 200,
      synonyms: ['数据来源', '出处', 'source'],
    }),
    rule('asOf', '年份', 'year', {
      required: true,
      synonyms: ['年度', '统计年份', '截至', '截至日期', '统计日期', '数据日期', '日期', 'asof', 'year'],
    }),
  ],
  dependencies: [
    rule('from', '被依赖对象编码', 'code', {
      required: true,
      longest: 100,
      synonyms: ['上游对象编码', '供方编码', '被依赖对象', '上游编码', 'from'],
    }),
    rule('to', '依赖对象编码', 'code', {
      required: true,
      longest: 100,
      synonyms: ['下游对象编码', '受方编码', '依赖对象', '下游编码', 'to'],
    }),
    rule('kind', '依赖种类', 'text', { required: true, synonyms: ['种类', '关系', '依赖关系', 'kind'] }),
    rule('leadMinutes', '提前量', 'count', { synonyms: ['提前分钟', '提前量分钟', 'leadminutes'] }),
    rule('reason', '原因', 'text', { longest: 200, synonyms: ['说明', 'reason'] }),
    rule('basis', '依据', 'text', { required: true, longest: 200, synonyms: ['来源', '出处', 'basis'] }),
  ],
  platforms: [
    rule('code', '平台编码', 'code', {
      required: true,
      longest: 40,
      synonyms: ['编码', '编号', '代码', '平台代码', 'code'],
    }),
    rule('name', '平台名称', 'text', { synonyms: ['名称', '平台', 'name'] }),
    rule('department', '责任部门', 'text', {
      synonyms: ['部门', '牵头部门', '牵头单位', '主管部门', 'department'],
    }),
    rule('unit', '责任单位', 'text', { synonyms: ['单位', '运营单位', 'unit'] }),
    rule('technicalUnit', '技术保障单位', 'text', {
      synonyms: ['技术单位', '技术支撑单位', 'technicalunit'],
    }),
    rule('note', '备注', 'text', { longest: 1000, synonyms: ['说明', '附注', 'note', 'remark'] }),
    rule('effectiveFrom', '生效日期', 'day', {
      synonyms: ['启用日期', '起始日期', '生效起日', 'effectivefrom'],
    }),
    rule('effectiveTo', '失效日期', 'day', { synonyms: ['停用日期', '截止日期', '生效止日', 'effectiveto'] }),
  ],
};

/** What is longer is no header. */
const HEADER_LONGEST = 200;

/** A header as it is compared: half-width, without case, blanks, remarks in brackets, and marks of what must be filled in. */
export function plainHeader(text: string): string {
  return text
    .slice(0, HEADER_LONGEST)
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/\([^)]*\)|\[[^\]]*\]|【[^】]*】/gu, '')
    .replaceAll(/[\s*＊:：_-]/gu, '');
}
