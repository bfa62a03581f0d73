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
export { isPhone, maskPhone } from './phone.ts';
export { PUDONG_BOX, PUDONG_MARGIN } from './pudong-box.ts';
export { type Grant, NO_RIGHTS, type Placed, type Principal, Rights } from './rights.ts';
export {
  CAPABILITIES,
  type Capability,
  type Role,
  ROLE_CAPABILITIES,
  ROLE_TEXT,
  ROLES,
  SEPARATED_ROLES,
} from './roles.ts';
export { scenarioCodeOf, type ScenarioCode, type ScenarioEntry, scenarioOf, SCENARIOS } from './scenarios.ts';
export { covers, NOWHERE, type PlaceRange, type Scope, SCOPE_STRETCHES, uniteScopes } from './scope.ts';
