/** A page to be photographed. */
export interface Shown {
  readonly name: string;
  readonly path: string;
  /** What must be on the page before its picture is worth taking. */
  readonly ready: string;
}

const page = (name: string, path: string, ready = 'main h1'): Shown => ({ name, path, ready });

/** Every page of the main rooms; of a warning and of an order those that are given. */
export function pagesOf(of: { readonly warning: number; readonly order: number }): readonly Shown[] {
  return [
    page('duty', '/', '.duty-list'),
    page('wall', '/wall', '.wall-level'),
    page('todo', '/todo'),
    page('monitoring', '/monitoring', 'main table'),
    page('warnings', '/warnings', 'main table'),
    page('warning-cards', '/warnings?view=cards', '.warning-card'),
    page('warnings-to-verify', '/warnings?tab=verify'),
    page('warnings-held', '/warnings?tab=held'),
    page('warnings-reach', '/warnings?tab=reach'),
    page('warnings-performance', '/warnings?tab=performance'),
    page('warning', `/warnings/${of.warning}`, 'canvas'),
    page('orders', '/orders'),
    page('order', `/orders/${of.order}`),
    page('incidents', '/orders/incidents'),
    page('overdue', '/orders/overdue'),
    page('supervisions', '/orders/supervisions'),
    page('closure', '/orders/closure'),
    page('drills', '/orders/drills'),
    page('map', '/map', 'canvas'),
    page('map-coverage', '/map?show=coverage', 'canvas'),
    page('platforms', '/platforms'),
    page('platform', '/platforms/310115125'),
    page('responsibility', '/platforms/responsibility'),
    page('objects', '/platforms/objects', 'main table'),
    page('units', '/platforms/units'),
    page('import', '/platforms/import'),
    page('people', '/platforms/people', 'main table'),
    page('requests', '/platforms/requests'),
    page('on-duty', '/command'),
    page('roster', '/command/roster'),
    page('handover', '/command/handover'),
    page('duty-log', '/command/log'),
    page('contacts', '/command/contacts'),
    page('activations', '/command/activations'),
    page('notifications', '/command/notifications'),
    page('incident-reports', '/command/reports'),
    page('operations', '/operations'),
    ...STANDARD,
    page('me', '/me'),
    page('me-notifications', '/me/notifications'),
    page('report', '/report'),
    page('no-such-page', '/no-such-page', '.state-page'),
  ];
}

const STANDARD: readonly Shown[] = [
  page('standard-elements', '/standard'),
  page('standard-signs', '/standard/signs'),
  page('standard-sign', '/standard/signs/FLOOD.S06'),
  page('standard-parameters', '/standard/parameters'),
  page('standard-handbooks', '/standard/handbooks'),
  page('standard-switched-off', '/standard/switched-off'),
  page('standard-own-limits', '/standard/own-limits'),
  page('standard-coverage', '/standard/coverage'),
  page('standard-ledger', '/standard/ledger'),
  page('standard-bases', '/standard/bases'),
  page('standard-versions', '/standard/versions'),
  page('standard-drafts', '/standard/drafts'),
];
