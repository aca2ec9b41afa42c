/** `fly version`: needs neither login nor network. Its JSON is one line, unlike that of the other commands. */
import type { FlyCall, FlyCommand } from './fly-command.ts';

export const version: FlyCommand = {
  name: 'version',
  short: 'Show version information for the flyctl command',
  flags: [
    { name: 'json', short: 'j', takes: 'nothing' },
    { name: 'saveinstall', short: 's', takes: 'string' },
  ],
  maxWords: 0,
  needs: 'nothing',
  run,
};

async function run(call: FlyCall): Promise<number> {
  const { version: number, commit, buildDate } = call.cloud.read().scenario.flyVersion;
  if (call.flags.on('json')) {
    const fields = {
      Name: 'fly',
      Version: number,
      Commit: commit,
      BranchName: '',
      BuildDate: buildDate,
      OS: 'linux',
      Architecture: 'amd64',
      Environment: 'production',
    };
    call.write('stdout', `${JSON.stringify(fields)}\n`);
  } else {
    call.write('stdout', `fly v${number} linux/amd64 Commit: ${commit} BuildDate: ${buildDate}\n`);
  }
  return 0;
}
