import {
  dependencyRoutes,
  ledgerRoutes,
  linkRoutes,
  objectRoutes,
  organisationRoutes,
  populationRoutes,
} from '#contract/platform';
import * as platform from '#services/platform';

import { bind, type Bound } from './http/bind.ts';

/** Platforms, units, settings, who is responsible, and what comes in and goes out in sheets. */
export function bindOrganisation(): readonly Bound[] {
  return [
    bind(objectRoutes.updateObject, platform.updateObject),
    bind(objectRoutes.retireObject, platform.retireObject),
    bind(linkRoutes.listObjectLinks, platform.listObjectLinks),
    bind(linkRoutes.putObjectLinks, platform.putObjectLinks),
    bind(dependencyRoutes.listDependencies, platform.listDependencies),
    bind(dependencyRoutes.createDependency, platform.createDependency),
    bind(dependencyRoutes.updateDependency, platform.updateDependency),
    bind(dependencyRoutes.deleteDependency, platform.deleteDependency),
    bind(organisationRoutes.getPlatform, platform.getPlatform),
    bind(organisationRoutes.updatePlatform, platform.updatePlatform),
    bind(organisationRoutes.revealPlatformContact, platform.revealPlatformContact),
    bind(organisationRoutes.listSettings, platform.listSettings),
    bind(organisationRoutes.putSetting, platform.putSetting),
    bind(organisationRoutes.deleteSetting, platform.deleteSetting),
    bind(organisationRoutes.listUnits, platform.listUnits),
    bind(organisationRoutes.createUnit, platform.createUnit),
    bind(organisationRoutes.updateUnit, platform.updateUnit),
    bind(organisationRoutes.revealUnitPhone, platform.revealUnitPhone),
    bind(organisationRoutes.listResponsibilities, platform.listResponsibilities),
    bind(organisationRoutes.runImport, platform.runImport),
    bind(organisationRoutes.listImportMappings, platform.listImportMappings),
    bind(organisationRoutes.createImportMapping, platform.createImportMapping),
    bind(organisationRoutes.deleteImportMapping, platform.deleteImportMapping),
    bind(ledgerRoutes.listObjectKinds, platform.listObjectKinds),
    bind(ledgerRoutes.createObjectKind, platform.createObjectKind),
    bind(ledgerRoutes.updateObjectKind, platform.updateObjectKind),
    bind(populationRoutes.listPopulations, platform.listPopulations),
    bind(populationRoutes.putPopulation, platform.putPopulation),
    bind(ledgerRoutes.listLedger, platform.listLedger),
    bind(ledgerRoutes.createLedgerEntry, platform.createLedgerEntry),
    bind(ledgerRoutes.updateLedgerEntry, platform.updateLedgerEntry),
    bind(ledgerRoutes.removeLedgerEntry, platform.removeLedgerEntry),
    bind(organisationRoutes.runExport, async (context, input, reply) => {
      const { name, mediaType, content } = await platform.runExport(context, input);
      await reply
        .type(mediaType)
        .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
        .header('x-content-type-options', 'nosniff')
        .header('cache-control', 'no-store')
        .send(content);
      return null;
    }),
  ];
}
