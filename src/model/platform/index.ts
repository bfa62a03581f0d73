export { CAPABILITIES, type Capability } from './capabilities.ts';
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
export { fromWgs84, type LatLon, toWgs84 } from './coordinates.ts';
export { type Datum, DATUMS } from './datum.ts';
export { IDENTITY_ROLES, type IdentityRole } from './identity-roles.ts';
export { implausible, MOST_PEOPLE, type PeopleTold } from './population.ts';
export { isPhone, maskPhone } from './phone.ts';
export {
  decidingGrants,
  FIELD_ROLES,
  grantFaults,
  PERSON_ROLES,
  separationFaults,
  type WantedGrant,
} from './grant-rules.ts';
export {
  ACCOUNT_STATE_TEXT,
  ACCOUNT_STATES,
  type AccountFacts,
  type AccountState,
  accountStateOf,
  EXPIRING_MS,
  UNUSED_MS,
} from './account-state.ts';
export { narrowScope } from './narrow-scope.ts';
export {
  PASSWORD_DAYS,
  PASSWORD_FAULT_TEXT,
  PASSWORD_FAULTS,
  PASSWORD_LONGEST,
  type PasswordFault,
  passwordFaults,
  PASSWORDS_REMEMBERED,
} from './password-rules.ts';
export { PHOTO_TYPES, photoTypeOf, type PhotoType } from './photo-type.ts';
export { isTrivialPin, PIN_FORM } from './pin-rules.ts';
export { PUDONG_BOX, PUDONG_MARGIN } from './pudong-box.ts';
export { resolveSetting, type ResolvedSetting, settingFault, type SettingStep } from './resolve-setting.ts';
export { REQUIRED_ROLES, type RequiredRole } from './responsibility.ts';
export { type Grant, NO_RIGHTS, type Placed, type Principal, Rights } from './rights.ts';
export { type Role, ROLE_CAPABILITIES, ROLE_TEXT, ROLES, SEPARATED_ROLES } from './roles.ts';
export { scenarioCodeOf, type ScenarioCode, type ScenarioEntry, scenarioOf, SCENARIOS } from './scenarios.ts';
export { SELF_TEST_PLACE } from './self-test-place.ts';
export { covers, NOWHERE, type PlaceRange, type Scope, SCOPE_STRETCHES, uniteScopes } from './scope.ts';
export {
  isSettingKey,
  type NumberSetting,
  SETTING_KEYS,
  type SettingDefinition,
  type SettingKey,
  SETTINGS,
  type SettingValue,
} from './setting-keys.ts';
export { LINK_KINDS, LINK_TEXT, type LinkKind } from './object-link.ts';
