import { appOf, FLY, readCall } from '../grammar/grammar.ts';
import { has, mayHoldFlags } from '../options.ts';
import { type Edit, eachCall, edited, type Problem, type Rule } from '../rule.ts';
import type { Call, Script } from '../script.ts';
import { wordsOf } from '../interactive-programs.ts';
import { definitionOf } from '../../steps/registry.ts';

/** By tool: the calls that follow output forever. */
const FOLLOWS: Readonly<Record<string, (call: Call) => Omit<Problem, 'at'> | null>> = {
  fly: (call) =>
    readCall(call, FLY).path !== 'logs' || has(call, ['-n', '--no-tail', '--help', '-h'])
      ? null
      : {
          message: 'fly logs without --no-tail never exits: it prints new lines until it is stopped.',
          fix: `timeout 30 fly logs -a ${appOf(call)} --no-tail`,
          source:
            'flyctl v0.4.87 internal/command/logs/logs.go; with --no-tail it still waits when there is nothing to print (logs/polling.go)',
        },
  tail: (call) =>
    has(call, ['-f', '-F', '--follow'])
      ? follows('tail -f', 'tail -n 200 FILE', 'GNU coreutils manual, tail --follow')
      : null,
  journalctl: (call) =>
    has(call, ['-f', '--follow'])
      ? follows('journalctl -f', 'journalctl -n 200 --no-pager', 'systemd manual, journalctl(1) --follow')
      : null,
  kubectl: (call) => followsOfKubectl(call),
  docker: (call) =>
    call.args.slice(0, 2).some(({ value }) => value === 'logs') && has(call, ['-f', '--follow'])
      ? follows('docker logs -f', 'Leave -f out.', 'Docker documentation, docker logs --follow')
      : null,
  oc: (call) => followsOfKubectl(call),
  'docker-compose': (call) =>
    followsLogs(call, ['-f', '--follow'], 'Docker documentation, docker compose logs --follow'),
  podman: (call) => followsLogs(call, ['-f', '--follow'], 'podman-logs(1) --follow'),
  vercel: (call) => followsLogs(call, ['-f', '--follow'], 'Vercel CLI documentation, vercel logs'),
  heroku: (call) => followsLogs(call, ['-t', '--tail'], 'Heroku CLI documentation, heroku logs --tail'),
  aws: (call) =>
    wordsOf(call).slice(0, 2).join(' ') === 'logs tail' && has(call, ['--follow'])
      ? follows(
          'aws logs tail --follow',
          'Leave --follow out, and say how far back with --since 10m.',
          'AWS CLI reference',
        )
      : null,
  dmesg: (call) =>
    has(call, ['-w', '-W', '--follow', '--follow-new']) ? follows('dmesg -w', 'Leave -w out.', 'dmesg(1)') : null,
  watch: () => follows('watch', 'Run the command without watch, or make the step a watch.', 'procps manual, watch(1)'),
};

function followsLogs(call: Call, flags: readonly string[], source: string): Omit<Problem, 'at'> | null {
  const flag = flags.find((name) => has(call, [name]));
  if (flag === undefined || !wordsOf(call).includes('logs')) return null;
  return follows(`${call.tool} logs ${flag}`, `Leave ${flag} out, or put "timeout 30" in front.`, source);
}

/** Flags in front of a kubectl command that take a value. */
const KUBECTL_GLOBAL = new Set('-n --namespace --context --cluster --user --kubeconfig -s --server --token'.split(' '));

function followsOfKubectl(call: Call): Omit<Problem, 'at'> | null {
  const words = call.args.map(({ value }) => value);
  const command = words.find((word, at) => !word.startsWith('-') && !KUBECTL_GLOBAL.has(words[at - 1] ?? ''));
  const source = 'Kubernetes documentation, kubectl reference';
  const away = 'Leave the flag out, or put "timeout 30" in front.';
  if (command === 'logs' && has(call, ['-f', '--follow'])) return follows(`${call.tool} logs -f`, away, source);
  if (command === 'get' && has(call, ['-w', '--watch', '--watch-only']))
    return follows(`${call.tool} get -w`, away, source);
  if (command === 'port-forward')
    return follows(`${call.tool} port-forward`, 'Open it in another terminal beforehand: a step has to end.', source);
  return null;
}

const follows = (what: string, fix: string, source: string): Omit<Problem, 'at'> => ({
  message: `${what} never exits by itself.`,
  fix,
  source,
});

export const endlessCommand: Rule = {
  name: 'endless-command',
  severity: 'error',
  about: 'A command that runs until somebody stops it, so the commands after it never run.',
  bad: [
    'fly logs -a shop > logs.txt',
    'fly logs -a shop',
    'tail -f /var/log/shop.log',
    'kubectl -n shop logs -f deploy/shop',
    'watch -n 5 kubectl get pods',
    "watch 'kubectl get pods | wc -l'",
    'oc -n shop logs -f deploy/shop',
    'vercel logs --follow',
    'heroku logs --tail -a shop',
    'aws logs tail /ecs/shop --follow',
    'docker-compose logs -f web',
  ],
  good: [
    'fly logs -a shop --no-tail --json',
    'timeout 30 fly logs -a shop',
    'fly logs -a shop | head -50',
    'fly logs -a shop &',
    'tail -n 50 shop.log',
    'oc -n shop logs deploy/shop --tail=100',
    'heroku logs -n 200 -a shop',
    'aws logs tail /ecs/shop --since 10m',
    'aws logs tail /ecs/shop --follow | head -50',
  ],
  check: eachCall((call, { step, script }) => {
    if (
      call.background ||
      call.wrappers.includes('timeout') ||
      call.pipesTo === 'head' ||
      (step !== null && definitionOf(step).takesWatch === true) ||
      mayHoldFlags(call) ||
      isInWatched(call, script)
    )
      return null;
    const problem = call.wrappers.includes('watch')
      ? follows('watch', 'Run the command without watch, or make the step a watch.', 'procps manual, watch(1)')
      : Object.hasOwn(FOLLOWS, call.tool)
        ? FOLLOWS[call.tool]?.(call)
        : null;
    if (problem == null) return null;
    const edits = call.tool === 'fly' ? boundedLogs(call) : [];
    return { at: call, ...problem, ...(edits.length > 0 ? { edits, fix: edited(call, edits) } : {}) };
  }),
};

/** `watch 'TEXT'` is reported once, not once more for each command in the text. */
const isInWatched = (call: Call, { calls }: Script): boolean =>
  call.wrappers.includes('watch') &&
  calls.some((outer) => outer.tool === 'watch' && outer !== call && outer.pos <= call.pos && call.end <= outer.end);

/** Prints what is in the buffer, for at most 30 s: with --no-tail, fly still waits when there are no lines. */
function boundedLogs(call: Call): readonly Edit[] {
  const logs = call.args.find(({ value }) => value === 'logs');
  if (logs === undefined || call.wrappers.length > 0 || call.assigns.length > 0) return [];
  return [
    { pos: call.pos, end: call.pos, text: 'timeout 30 ' },
    { pos: logs.end, end: logs.end, text: ' --no-tail' },
  ];
}
