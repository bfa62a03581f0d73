import { flag, pageOf, pageQuery, route } from '#contract/http';
import { SIGN_LEVELS } from '#model/standard';
import { z } from 'zod';

import { element, handbook, parameter, sign, switchedOff, warningItem } from './shapes.ts';

const code = z.string().max(40).optional();
const query = pageQuery.extend({ scenario: code });

export const listElements = route({
  method: 'GET',
  path: '/api/v1/elements',
  room: 'standard',
  summary: '监测要素（现行标准）',
  access: 'standard.read',
  query: query.extend({ key: flag.optional() }),
  reply: pageOf(element),
});

export const listParameters = route({
  method: 'GET',
  path: '/api/v1/parameters',
  room: 'standard',
  summary: '对象参数（现行标准）：体征需要知道的设计值、分级水位、限值',
  access: 'standard.read',
  query,
  reply: pageOf(parameter),
});

export const listSwitchedOff = route({
  method: 'GET',
  path: '/api/v1/switched-off-signs',
  room: 'standard',
  summary: '缺对象参数而停用的体征，按监测对象',
  access: 'object.read',
  query,
  reply: pageOf(switchedOff),
});

export const listItems = route({
  method: 'GET',
  path: '/api/v1/items',
  room: 'standard',
  summary: '预警事项（现行标准）',
  access: 'standard.read',
  query,
  reply: pageOf(warningItem),
});

export const listSigns = route({
  method: 'GET',
  path: '/api/v1/signs',
  room: 'standard',
  summary: '预警体征（现行标准）：各级阈值、依据、是否已核实',
  access: 'standard.read',
  query: query.extend({ item: code, element: code }),
  reply: pageOf(sign),
});

export const listHandbooks = route({
  method: 'GET',
  path: '/api/v1/handbooks',
  room: 'standard',
  summary: '指挥手册（现行标准）：按预警事项与等级',
  access: 'standard.read',
  query: query.extend({ item: code, level: z.enum(SIGN_LEVELS).optional() }),
  reply: pageOf(handbook),
});
