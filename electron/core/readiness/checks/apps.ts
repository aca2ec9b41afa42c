import { count } from '#shared/words/count.ts';
import { type ChecksOf, failed, firstLine, ok, unknown, warning } from '../readiness-check.ts';

/** Access to each Fly app of the runbook, with the login that is there. */
export const apps: ChecksOf = ({ model, read }) =>
  model.settings.services
    .filter(({ platform }) => platform === 'fly')
    .map(({ id, title }) => ({
      id: `app ${id}`,
      group: 'apps' as const,
      title: `${title} (${id})`,
      look: async () => {
        const answer = await read('fly', ['status', '-a', id, '--json']);
        if (answer.kind === 'not-asked') return unknown(answer.why);
        if (answer.code === null) return unknown('fly did not answer in time', 'Check the network, then look again.');
        if (answer.code !== 0) {
          const said = firstLine(answer);
          return /could not find app/i.test(answer.stderr)
            ? failed(
                `there is no app ${id} that this login may see`,
                'Correct the name in the runbook, or have access granted.',
              )
            : failed(said, 'Log in with "fly auth login", then look again.');
        }
        return statusOf(answer.stdout);
      },
    }));

/** flyctl v0.4.87 internal/command/status/machines.go. */
function statusOf(stdout: string): ReturnType<typeof ok> {
  const started = [...stdout.matchAll(/"state"\s*:\s*"started"/g)].length;
  const version = /"Version"\s*:\s*(\d+)/.exec(stdout)?.[1];
  const release = version === undefined ? '' : `, release v${version}`;
  return started === 0
    ? warning(`no machine is started${release}`, 'Start a machine, or expect a rollback to prove nothing.')
    : ok(`${count(started, 'started machine')}${release}`);
}
