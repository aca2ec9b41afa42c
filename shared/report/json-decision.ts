/** The `decision` part of the JSON report (json.ts). */
import { obligations } from '#shared/incident/obligations.ts';
import { proceduresConsidered } from './decision-details.ts';
import { eventsOf, type ReportSource } from './source.ts';
import { moment } from './times.ts';

export function decisionOf(source: ReportSource) {
  const { state, runbook } = source;
  const chosen = eventsOf(source, 'procedure.chosen');
  return {
    row: state.declared.row,
    rowChanges: eventsOf(source, 'row.chosen').map(({ at, actor, payload }) => ({
      at: moment(at),
      by: actor,
      ...payload,
    })),
    fixForward: eventsOf(source, 'fix-forward.chosen').map(({ at, actor, payload }) => ({
      at: moment(at),
      by: actor,
      ...payload,
    })),
    procedures: proceduresConsidered(source).map(({ id, title }) => ({
      id,
      title,
      chosen: chosen
        .filter(({ payload }) => payload.procedureId === id)
        .map(({ at, actor, payload }) => ({ at: moment(at), by: actor, reason: payload.reason })),
    })),
    releases: (eventsOf(source, 'releases.read').at(-1)?.payload.releases ?? []).map((release) => ({
      ...release,
      createdAt: moment(release.createdAt),
      verdict: state.releases?.verdicts.find(({ version }) => version === release.version) ?? null,
      chosen: release.version === state.choice?.version,
    })),
    objections: state.objections.map(({ at, ...objection }) => ({ at: moment(at), ...objection })),
    approvals: state.approvals.map(({ at, givenAt, ...approval }) => ({
      ...approval,
      given: moment(givenAt),
      recorded: moment(at),
    })),
    bypasses: eventsOf(source, 'approval.bypassed').map(({ at, actor, payload }) => ({
      at: moment(at),
      by: actor,
      ...payload,
    })),
    owed: obligations(state, runbook).map(({ what, since, paid }) => ({
      what,
      since: moment(since),
      settled: paid && { ...paid, at: moment(paid.at) },
    })),
  };
}
