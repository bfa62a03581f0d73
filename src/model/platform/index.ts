export { CAPABILITIES, type Capability, type Role, ROLE_CAPABILITIES, ROLE_TEXT, ROLES } from './roles.ts';
export { covers, type PlaceRange, type Scope } from './scope.ts';
