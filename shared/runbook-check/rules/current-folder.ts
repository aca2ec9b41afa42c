import { FLY, readCall, subcommandWords } from '../grammar/grammar.ts';
import { has, mayHoldFlags } from '../options.ts';
import { eachCallAfter, type Problem, type Rule } from '../rule.ts';
import type { Call } from '../script.ts';

const HINT = 'write in=checkout after the language of the code block';

export const currentFolder: Rule = {
  name: 'current-folder',
  severity: 'warning',
  about: 'A command that uses the scripts or the source of whatever folder it runs in.',
  bad: ['npm run test:shop', 'npm test', 'fly deploy -a shop-test', 'fly deploy -a shop --remote-only'],
  good: [
    'npm --prefix services/shop run smoke',
    'cd services/shop && npm test',
    'npm --version',
    'fly deploy services/shop -a shop',
    'fly deploy -a shop -c services/shop/fly.toml',
    'fly deploy -a shop --image registry.fly.io/shop@sha256:0f',
    'fly deploy --help',
  ],
  check: (input) =>
    input.runsIn === 'checkout'
      ? []
      : eachCallAfter((call, _input, before) => {
          const problem = npmScript(call) ?? flyDeploy(call);
          if (problem === null || mayHoldFlags(call)) return null;
          return before().some(({ tool }) => tool === 'cd' || tool === 'pushd') ? null : problem;
        })(input),
};

function npmScript(call: Call): Problem | null {
  if (call.tool !== 'npm' || has(call, ['--prefix', '-C', '-h', '--help', '-g', '--global'])) return null;
  const [first, second] = call.args.filter(({ value }) => !value.startsWith('-')).map(({ value }) => value);
  const name =
    first === 'run' || first === 'run-script' ? second : first === 'test' || first === 'start' ? first : null;
  if (name == null) return null;
  return {
    at: call,
    message: `npm takes the script "${name}" from the package.json of the folder it runs in, and fails if there is none.`,
    fix: `Say where it runs: ${HINT}, or npm --prefix FOLDER.`,
    source:
      'npm 11.19.1: "Missing script" with exit 1 where package.json has none, ENOENT where there is no package.json',
  };
}

function flyDeploy(call: Call): Problem | null {
  if (call.tool !== 'fly' || has(call, ['-i', '--image', '-c', '--config', '-h', '--help'])) return null;
  const words = subcommandWords(call, FLY).map(({ value }) => value);
  // The second word is the folder to build.
  if (readCall(call, FLY).unknown !== null || words[0] !== 'deploy' || words.length > 1) return null;
  return {
    at: call,
    message: 'fly deploy builds the source of the folder it runs in, with the fly.toml of that folder.',
    fix: `Say where it runs: ${HINT}, or fly deploy FOLDER -c FOLDER/fly.toml.`,
    source: 'flyctl v0.4.87 internal/command/deploy/deploy.go (determineAppConfig)',
  };
}
