import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { RULES, RUNBOOK_RULES } from '#shared/runbook-check/registry.ts';
import { problemsOf, inputOf } from './rule-input-of.ts';

const examples = RULES.flatMap((rule) => [
  ...rule.bad.map((text) => ({ rule, name: rule.name, kind: 'bad', text, expected: true })),
  ...rule.good.map((text) => ({ rule, name: rule.name, kind: 'good', text, expected: false })),
]);

describe('the examples each rule documents', () => {
  it.each(examples)('$name, $kind: $text', ({ rule, text, expected }) => {
    expect(problemsOf(rule, text).length > 0).toBe(expected);
  });

  it('has both kinds for each rule, and names no rule twice', () => {
    expect(RULES.filter(({ bad, good }) => bad.length === 0 || good.length === 0)).toEqual([]);
    expect(new Set(RULES.map(({ name }) => name)).size).toBe(RULES.length);
  });

  it('registers every rule of the folder once, named like its export', async () => {
    const folder = new URL('../../../shared/runbook-check/rules/', import.meta.url);
    const modules = await Promise.all(
      readdirSync(fileURLToPath(folder)).map((file) => import(fileURLToPath(new URL(file, folder))) as Promise<object>),
    );
    const found = modules.flatMap((module) => Object.entries(module).filter(([, value]) => typeof value === 'object'));
    const registered: readonly object[] = [...RULES, ...RUNBOOK_RULES];
    expect(new Set(found.map(([, rule]) => rule as object))).toEqual(new Set(registered));
    expect(registered.length).toBe(found.length);
    expect(found.map(([name]) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)).sort()).toEqual(
      [...RULES, ...RUNBOOK_RULES].map(({ name }) => name).sort(),
    );
  });

  const fixes = RULES.flatMap((rule) =>
    rule.bad.flatMap((text) =>
      rule
        .check(inputOf(text))
        .flatMap(({ fix }) =>
          fix !== undefined && /^(?:fly|supabase|psql|curl|timeout|pg_dump) /.test(fix)
            ? [{ rule, name: rule.name, fix }]
            : [],
        ),
    ),
  );

  it.each(fixes)('$name offers a fix that no longer breaks any rule of errors: $fix', ({ rule, fix }) => {
    const errors = RULES.filter(({ name, severity }) => severity === 'error' || name === rule.name);
    expect(errors.flatMap((other) => problemsOf(other, fix))).toEqual([]);
  });
});

const RULE = Object.fromEntries(RULES.map((rule) => [rule.name, rule]));
const find = (name: string, text: string, step?: Parameters<typeof problemsOf>[2]): number => {
  const rule = RULE[name];
  if (rule === undefined) throw new Error(`no rule ${name}`);
  return problemsOf(rule, text, step).length;
};

describe('a prompt that more commands follow', () => {
  const severities = (text: string): readonly (string | undefined)[] => {
    return RULE['needs-terminal']?.check(inputOf(text)).map(({ severity }) => severity) ?? [];
  };

  it.each([
    'ssh deploy@web-1\ncd /opt/shop\ndocker compose up -d',
    'ssh deploy@<vps-ip>\nsudo systemctl restart shop',
    'kubectl exec -it deploy/shop -- /bin/bash\nrm -rf /tmp/cache',
    'oc debug node/web-1\ncat /proc/mdstat',
    'sudo -i\nsystemctl restart shop',
    'mysql -u root shop\nstatus',
  ])('is an error, because they run on this machine: %s', (text) => {
    expect(severities(text)).toEqual(['error']);
  });

  it.each([
    'ssh deploy@web-1',
    'ssh deploy@web-1 # then look at /opt/shop\n# df -h',
    'ssh deploy@web-1 || echo "not reached"\nuptime',
    'vim shop.conf\nsystemctl reload shop',
    'cat /proc/mdstat\noc debug node/web-1',
  ])('is a remark where none does: %s', (text) => {
    expect(severities(text)).toEqual([undefined]);
  });
});

it('reports a watch once, not once more for what it watches', () => {
  expect(find('endless-command', "watch -n 5 './shop metrics get errors; date'")).toBe(1);
});

it('takes a name in angle brackets for a blank in every command: unquoted, it would be a redirection', () => {
  expect(find('unfilled-placeholder', 'node migrate.mjs --rolled-back <migration_name>')).toBe(1);
  expect(find('unfilled-placeholder', 'cat <<EOF > notes.txt\nRolled back.\nEOF')).toBe(0);
  expect(find('unfilled-placeholder', 'sort <names >sorted')).toBe(0);
  expect(find('unfilled-placeholder', 'kubectl get pod <n>')).toBe(1);
  expect(find('unfilled-placeholder', "awk '/<body>/' page.html")).toBe(0);
});

describe('what cannot be told is no finding', () => {
  it.each([
    ['unknown-subcommand', 'fly $(cat command) -a shop'],
    ['unknown-subcommand', 'fly --help'],
    ['unknown-subcommand', 'fly logs -a shop --instance e78 --no-tail'],
    ['unknown-subcommand', 'supabase --workdir app db push --linked'],
    ['unknown-subcommand', 'echo "fly releases rollback v9"'],
    ['unknown-subcommand', '# fly releases rollback v9'],
    ['unknown-subcommand', 'git log --grep "supabase db restore"'],
    ['endless-command', 'fly logs "$@"'],
    ['curl-without-fail', 'curl $CURL_OPTS https://shop.example/health'],
    ['curl-without-fail', 'curl -K request.txt'],
    ['curl-without-limit', 'curl -fsSm 10 https://shop.example/health'],
    ['unqualified-image', 'fly deploy -a shop --image "$REGISTRY/shop:v9"'],
    ['unfilled-placeholder', 'sed -n "/[some-class]/p" log'],
    ['unfilled-placeholder', 'echo "${names[index]}"'],
    ['unfilled-placeholder', 'if [ -z "$X" ]; then exit 1; fi'],
    ['unfilled-placeholder', "curl -d '<html>' https://shop.example"],
    ['hidden-exit-code', 'grep -c error log || echo 0'],
    ['hidden-exit-code', 'set -euo pipefail\nfly releases -a shop | jq .'],
    ['repeated-restart', 'fly apps restart shop'],
    ['sleep-then-check', 'for i in 1 2 3; do sleep 5; curl -fsS -m 9 "$URL"; done'],
    ['unquoted-variable', 'APP=shop; fly status -a $APP'],
    ['missing-app', 'export FLY_APP=shop; fly status'],
    ['hidden-exit-code', 'kubectl -n shop describe deployment shop | grep Image'],
    ['endless-command', 'kubectl -n shop get pods -f pods.yaml'],
    ['needs-terminal', 'kubectl exec deploy/shop -- tar -t -f x.tar'],
    ['needs-terminal', 'psql -lqt'],
  ])('%s: %s', (name, text) => {
    expect(find(name, text)).toBe(0);
  });
});

describe('what the shell hides is still found', () => {
  it.each([
    ['unknown-subcommand', 'if fly releases rollback v9; then echo ok; fi'],
    ['unknown-subcommand', 'sudo -u deploy /usr/local/bin/flyctl releases rollback v9'],
    ['unknown-subcommand', 'OUT=$(supabase db restore 42)'],
    ['unknown-subcommand', 'fly releases rollback <version> -a shop'],
    ['unknown-subcommand', 'ssh bastion true && fly apps rollback shop'],
    ['endless-command', 'echo start; fly logs -a shop > out.txt; echo never'],
    ['unfilled-placeholder', 'fly deploy -a <app-name>'],
    ['unfilled-placeholder', 'curl "https://shop.example/[service-name]"'],
    ['hidden-exit-code', 'fly deploy -a shop || { echo "it failed"; }'],
    ['missing-app', 'fly deploy --strategy immediate'],
    ['hidden-exit-code', 'fly logs -a shop --no-tail | grep -c error'],
    ['endless-command', 'kubectl --context prod -n shop logs -f deploy/shop'],
    ['endless-command', 'kubectl -n shop port-forward svc/shop 8080:80'],
    ['needs-terminal', 'docker exec -it shop sh'],
  ])('%s: %s', (name, text) => {
    expect(find(name, text)).toBe(1);
  });
});

describe('what stands around a command', () => {
  const judged = { kind: 'task', checks: [{ id: 'a', text: 'The page is shown', line: 1, start: 0, end: 1 }] } as const;

  it('lets a person judge a page, but not a health address', () => {
    expect(find('curl-without-fail', 'curl -sS -m 9 https://shop.example/', judged)).toBe(0);
    expect(find('curl-without-fail', 'curl -sS -m 9 https://shop.example/health', judged)).toBe(1);
  });

  it('lets a watch follow the log', () => {
    expect(find('endless-command', 'fly logs -a shop', { kind: 'watch', checks: [] })).toBe(0);
    expect(find('endless-command', 'fly logs -a shop', { kind: 'task', checks: [] })).toBe(1);
  });
});
