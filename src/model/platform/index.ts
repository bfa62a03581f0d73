export {
  type Area,
  areaOf,
  type BoundingBox,
  contains,
  inBox,
  type Polygon,
  type Position,
  type Ring,
} from './point-in-polygon.ts';
export { PUDONG_BOX, PUDONG_MARGIN } from './pudong-box.ts';
export { CAPABILITIES, type Capability, type Role, ROLE_CAPABILITIES, ROLE_TEXT, ROLES } from './roles.ts';
export { scenarioCodeOf, type ScenarioCode, type ScenarioEntry, scenarioOf, SCENARIOS } from './scenarios.ts';
export { covers, type PlaceRange, type Scope } from './scope.ts';
