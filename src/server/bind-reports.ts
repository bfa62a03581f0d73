import { incidentReportRoutes } from '#contract/command';
import * as command from '#services/command';

import { bind, type Bound } from './http/bind.ts';

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** 信息报送. */
export function bindReports(): readonly Bound[] {
  return [
    bind(incidentReportRoutes.listReportRules, (context) => command.listReportRules(context)),
    bind(incidentReportRoutes.updateReportRule, command.updateReportRule),
    bind(incidentReportRoutes.listReportDuties, command.listReportDuties),
    bind(incidentReportRoutes.listReportMatters, command.listReportMatters),
    bind(incidentReportRoutes.getReportMatter, command.getReportMatter),
    bind(incidentReportRoutes.tellReportMatter, command.tellReportMatter),
    bind(incidentReportRoutes.gatherReports, command.gatherReports),
    bind(incidentReportRoutes.draftReport, command.draftReport),
    bind(incidentReportRoutes.submitReport, command.submitReport),
    bind(incidentReportRoutes.listReports, command.listReports),
    bind(incidentReportRoutes.signReport, command.signReport),
    bind(incidentReportRoutes.askAboutReport, command.askAboutReport),
    bind(incidentReportRoutes.answerReportQuestion, command.answerReportQuestion),
    bind(incidentReportRoutes.amendReport, command.amendReport),
    bind(incidentReportRoutes.getReportDocument, async (context, input, reply) => {
      const { name, content } = await command.getReportDocument(context, input);
      await reply
        .type(DOCX)
        .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
        .header('x-content-type-options', 'nosniff')
        .header('cache-control', 'no-store')
        .send(content);
      return null;
    }),
    bind(incidentReportRoutes.listReportFlags, command.listReportFlags),
  ];
}
