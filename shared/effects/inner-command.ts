/**
 * Programs that run another program: `sudo`, `docker exec CONTAINER`, `kubectl exec POD --`, `ssh HOST`. The words after their
 * own are those of the inner command, and are judged as its words: flags, effect and rules.
 */

interface Starter {
  /** Flags with a value that may stand before the inner command, separated by spaces. */
  readonly values?: string;
  /** Flags without a value, where every other flag takes one. */
  readonly plain?: string;
  /** Its own words before the inner command: a container, a host, a number of seconds. */
  readonly words?: number;
  /** `NAME=value` may stand before the inner command. */
  readonly assigns?: true;
  /** The inner command only follows a `--`. */
  readonly dashes?: true;
  /** Flags whose value is the inner command, as text for a shell. */
  readonly text?: string;
  /** The words are joined to a text for a shell. */
  readonly joins?: true;
  /** The inner command runs on another machine or in a container, with the programs that are there. */
  readonly elsewhere?: true;
  /** It may start, change or stop something itself. */
  readonly changes?: true;
}

/** All its words are its own: only a flag has the inner command. */
const ALL = 1_000;

const KUBE =
  '-n --namespace -c --container --context --cluster --user --kubeconfig -s --server --token --as -f --filename --pod-running-timeout --request-timeout --image --overrides --restart -l --labels --env --port --target --profile';
const COMPOSE =
  '-f --file -p --project-name --profile --env-file --project-directory --context -H --host -c --config --index -u --user -w --workdir -e --env -l --log-level';
const RUNS =
  '-d -i -t -P --detach --interactive --tty --rm --init --privileged --read-only --publish-all --no-healthcheck -q --quiet --replace --no-deps -T --service-ports --build';
const CONTAINER = {
  values: '-e --env -u --user -w --workdir --env-file --detach-keys --context -H --host --config -l --log-level',
  words: 1,
  elsewhere: true,
} as const;
const FRESH = { plain: RUNS, words: 1, elsewhere: true, changes: true } as const;
const POD = { values: KUBE, words: 1, elsewhere: true } as const;
const SHELL = { text: '-c', values: '-o -O --rcfile --init-file' } as const;
const SEPARATE = { dashes: true } as const;
const FIRST = {} as const;

/** By program, or program and subcommand. */
const STARTERS: Readonly<Record<string, Starter>> = {
  sudo: { values: '-u -g -h -p -C -D -R -T -r -t -U --user --group --host --chdir', assigns: true },
  doas: { values: '-u -C' },
  env: { values: '-u -C --unset --chdir', assigns: true },
  time: { values: '-f -o --format --output' },
  timeout: { values: '-k -s --signal --kill-after', words: 1 },
  gtimeout: { values: '-k -s --signal --kill-after', words: 1 },
  nice: { values: '-n --adjustment' },
  ionice: { values: '-c -n --class --classdata' },
  chrt: { words: 1 },
  taskset: { words: 1 },
  stdbuf: { values: '-i -o -e' },
  nohup: FIRST,
  setsid: FIRST,
  command: FIRST,
  builtin: FIRST,
  exec: { values: '-a' },
  caffeinate: { values: '-t -w' },
  unbuffer: FIRST,
  retry: { values: '-t -d -m --times --delay' },
  watch: { values: '-n --interval', joins: true },
  flock: { values: '-w -E --timeout --wait --conflict-exit-code', words: 1, text: '-c --command' },
  xargs: { values: '-I -n -P -L -d -a -s -E --max-args --max-procs --replace --delimiter --arg-file' },
  parallel: { values: '-j --jobs' },
  chroot: { values: '--userspec --groups', words: 1, elsewhere: true },
  nsenter: { values: '-t --target -S -G', elsewhere: true },
  npx: { values: '-p --package', text: '-c --call' },
  bunx: FIRST,
  'pnpm dlx': FIRST,
  'pnpm exec': FIRST,
  'yarn dlx': FIRST,
  'npm exec': SEPARATE,
  'bundle exec': FIRST,
  'poetry run': FIRST,
  'pipenv run': FIRST,
  'uv run': FIRST,
  'mise exec': SEPARATE,
  'doppler run': SEPARATE,
  'op run': SEPARATE,
  'aws-vault exec': { values: '-d --duration --region', words: 1 },
  'chamber exec': SEPARATE,
  'dotenv run': FIRST,
  bash: SHELL,
  sh: SHELL,
  zsh: SHELL,
  dash: SHELL,
  su: { values: '-s --shell', words: ALL, text: '-c --command' },
  runuser: { values: '-u --user -g -s', text: '-c --command' },
  ssh: {
    values: '-p -i -l -o -F -J -L -R -D -b -c -E -e -I -m -O -Q -S -W -w -B',
    words: 1,
    joins: true,
    elsewhere: true,
  },
  'docker exec': CONTAINER,
  'docker container exec': CONTAINER,
  'docker run': FRESH,
  'docker container run': FRESH,
  'docker compose exec': { values: COMPOSE, words: 1, elsewhere: true },
  'docker compose run': {
    values: `${COMPOSE} --name --entrypoint -v --volume -p --publish`,
    words: 1,
    elsewhere: true,
    changes: true,
  },
  'docker-compose exec': { values: COMPOSE, words: 1, elsewhere: true },
  'docker-compose run': {
    values: `${COMPOSE} --name --entrypoint -v --volume`,
    words: 1,
    elsewhere: true,
    changes: true,
  },
  'podman exec': CONTAINER,
  'podman run': FRESH,
  'nerdctl exec': CONTAINER,
  'crictl exec': { values: '-e', words: 1, elsewhere: true },
  'pct exec': { words: 1, elsewhere: true },
  'qm guest exec': { words: 1, elsewhere: true },
  'lxc exec': { words: 1, elsewhere: true },
  'kubectl exec': POD,
  'oc exec': POD,
  'oc rsh': POD,
  'kubectl run': { values: KUBE, dashes: true, elsewhere: true, changes: true },
  'kubectl debug': { values: KUBE, dashes: true, elsewhere: true, changes: true },
  'oc debug': { values: KUBE, dashes: true, elsewhere: true, changes: true },
  'fly ssh console': {
    values: '-a --app -r --region -g --process-group -s --select --machine',
    text: '-C --command',
    words: ALL,
    elsewhere: true,
  },
  'gcloud compute ssh': { values: '--zone --project --ssh-flag', text: '--command', words: ALL, elsewhere: true },
  'aws ecs execute-command': {
    values: '--cluster --task --container --region --profile',
    text: '--command',
    words: ALL,
    elsewhere: true,
  },
  'nomad alloc exec': { values: '-task -namespace -region -address -token', words: 1, elsewhere: true },
  'heroku run': { values: '-a --app -r --remote -s --size --type -e --env', elsewhere: true },
  'vagrant ssh': { text: '-c --command', words: ALL, elsewhere: true },
};

/** By program: the rows for it, those with more words first. */
const BY_PROGRAM = Map.groupBy(
  Object.entries(STARTERS)
    .map(([name, starter]) => ({ name, path: name.split(' ').slice(1), starter, program: name.split(' ')[0] ?? '' }))
    .toSorted((a, b) => b.path.length - a.path.length),
  ({ program }) => program,
);

const ALIASES: Readonly<Record<string, string>> = { flyctl: 'fly', k: 'kubectl' };

/** True for a program that runs another one, in some of its commands at least. */
export const runsAnother = (program: string): boolean => BY_PROGRAM.has(ALIASES[program] ?? program);

export interface InnerCommand {
  /** As the table names it: `docker exec`. */
  readonly starter: string;
  /** `words`: from `at` on; `text`: the word at `at` is text for a shell. */
  readonly form: 'words' | 'text';
  readonly at: number;
  /** Names that it assigns in front of the inner command. */
  readonly assigns: readonly string[];
  readonly elsewhere: boolean;
  readonly changes: boolean;
}

/** The command that a command runs, or null. `words` has the name of the program first; the result counts from there. */
export function innerCommand(words: readonly string[]): InnerCommand | null {
  const given = words[0] ?? '';
  const rows = BY_PROGRAM.get(ALIASES[given] ?? given);
  for (const { name, path, starter } of rows ?? []) {
    const found = innerAt(words, path, starter);
    if (found === 'other') continue;
    if (found === null) return null;
    return { starter: name, elsewhere: starter.elsewhere === true, changes: starter.changes === true, ...found };
  }
  return null;
}

type Found = Pick<InnerCommand, 'form' | 'at' | 'assigns'>;

/** `other`: the words name another subcommand. */
function innerAt(words: readonly string[], path: readonly string[], starter: Starter): Found | null | 'other' {
  const { values = '', plain, words: own = 0, dashes = false, text = '', joins = false } = starter;
  const assigns: string[] = [];
  let left = own;
  let matched = 0;
  let dashed = false;
  for (let at = 1; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (word === '--' && matched === path.length) {
      left = own === ALL ? left : 0;
      dashed = true;
      continue;
    }
    if (!dashed && word.startsWith('-') && word !== '-') {
      const [flag = word, value] = word.split('=', 2);
      if (text.split(' ').includes(flag) && matched === path.length) {
        if (value !== undefined) return null;
        return at + 1 < words.length ? { form: 'text', at: at + 1, assigns } : null;
      }
      if (combines(word, text)) return at + 1 < words.length ? { form: 'text', at: at + 1, assigns } : null;
      if (takesNext(word, values, plain)) at += 1;
      continue;
    }
    if (matched < path.length) {
      if (word !== path[matched]) return 'other';
      matched += 1;
    } else if (dashes && !dashed) continue;
    else if (starter.assigns === true && /^\w+=/.test(word)) assigns.push(word.slice(0, word.indexOf('=')));
    else if (left > 0) left -= 1;
    else if (text === '-c') return null;
    else return { form: joins && /\s/.test(word) && at === words.length - 1 ? 'text' : 'words', at, assigns };
  }
  return matched < path.length ? 'other' : null;
}

/** `bash -lc TEXT`. */
const combines = (word: string, text: string): boolean => text === '-c' && /^-[a-z]+c$/.test(word);

function takesNext(word: string, values: string, plain: string | undefined): boolean {
  if (word.includes('=')) return false;
  if (plain === undefined) return values.split(' ').includes(word);
  if (plain.split(' ').includes(word)) return false;
  // `-it` are two flags without a value; `-p80:80` has its value.
  return word.startsWith('--') || (word.length === 2 && !plain.split(' ').includes(word));
}
