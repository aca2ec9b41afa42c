/** Commands for a live incident: run, quick, status, escalate. */
import { number } from './option-types.ts';
import { type AddCommands, ID } from './definition.ts';

export const addLive: AddCommands = (program, { terminal, done, withCore, withCores }) => {
  program
    .command('run')
    .description('declare a live incident, or resume one, and work through it in this terminal')
    .argument('[file]', 'a Markdown runbook; the bundled one by default')
    .option('--resume <id>', 'resume this incident; takes no file and no row')
    .option(
      '--take-over <why>',
      'take the incident from another Rollbook that is working on it; the reason goes on the timeline',
    )
    .option('--row <n>', 'the row of the decision matrix, counted from 1; asked for if left out', number(1, 1_000))
    .option('--service <app>', 'the service to roll back; the first one in the runbook by default')
    .option('--detected <minutes>', 'how many minutes ago the problem was detected', number(0, 10_080), 0)
    .option(
      '--probe <url>',
      "an address to probe every 15 s until the incident is resolved; the service's health address by default",
    )
    .option('--trust', 'you have reviewed this runbook and want to run it')
    .option('--last-trusted', 'the file has changed since its review: run the version that was reviewed')
    .option('--json', 'print the result as JSON (the conversation goes to stderr)')
    .action(async (file: string | undefined, options) =>
      done(
        await withCores(async (cores, tell) =>
          (await import('../commands/run.ts')).run(terminal, { cores, tell }, file, {
            ...options,
            json: options.json === true,
          }),
        ),
      ),
    );

  program
    .command('quick')
    .description('declare a P0 and roll one service back to one version, now; the team is told afterwards')
    .argument('<service>', 'a service of the runbook')
    .argument('<version>', 'the release to go back to: v9 or 9')
    .option('--immediate', 'replace all machines at once')
    .option('--even-if-bad', 'accept a version that was found bad in this incident')
    .option('--detected <minutes>', 'how many minutes ago the problem was detected', number(0, 10_080), 0)
    .option('--runbook <file>', 'a Markdown runbook; the bundled one by default')
    .option('--trust', 'you have reviewed this runbook and want to run it')
    .option('--last-trusted', 'the file has changed since its review: run the version that was reviewed')
    .option('--drill <scenario>', 'practice this drill scenario, with simulated tools')
    .option('--speed <factor>', 'how many times faster than real time the drill runs, 1 to 600', number(1, 600), 1)
    .option('--json', 'print the result as JSON (the conversation goes to stderr)')
    .action(async (service: string, version: string, options) =>
      done(
        await withCores(async (cores, tell) =>
          (await import('../commands/quick.ts')).quick(terminal, { cores, tell }, service, version, {
            ...options,
            json: options.json === true,
          }),
        ),
      ),
    );

  program
    .command('status')
    .description('print the state of an incident in words, for whoever asks')
    .argument('<id>', ID)
    .option('--post', 'also post it to the Slack channel that is set; a drill posts only to the drill channel')
    .option('--json', 'print {incidentId, text, sent, failed, left} as JSON')
    .action(async (id: string, { post, json }) =>
      done(
        await withCore(async (core) =>
          (await import('../commands/status.ts')).status(terminal, core, id, {
            post: post === true,
            json: json === true,
          }),
        ),
      ),
    );

  program
    .command('escalate')
    .description('print the escalation chain of an incident, or log a call')
    .argument('<id>', ID)
    .argument('[who]', 'who was called; without it nothing is logged')
    .option('--how <way>', 'phone, Slack, pager, ...', 'phone')
    .option('--said <words>', 'what they said')
    .option('--not-reached', 'nobody answered; the next person in the chain is due')
    .option('--json', 'print {incidentId, chain, calls, next} as JSON')
    .action(async (id: string, who: string | undefined, { how, said, notReached, json }) =>
      done(
        await withCore(async (core) =>
          (await import('../commands/escalate.ts')).escalate(terminal, core, id, who, {
            how,
            said: said ?? '',
            reached: notReached !== true,
            json: json === true,
          }),
        ),
      ),
    );
};
