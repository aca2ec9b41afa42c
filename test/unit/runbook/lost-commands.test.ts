/** Every code block yields a command, a message, an example or a gap. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { allCommands } from '#shared/runbook/commands.ts';
import { parseRunbook } from '#shared/runbook/parse.ts';

const RESTART = 'fly apps restart cleat';

describe('commands as people write them', () => {
  const path = fileURLToPath(new URL('../../fixtures/other-teams/lost-commands.md', import.meta.url));
  const source = readFileSync(path, 'utf8');
  const { model } = parseRunbook(source, 'lost-commands.md');
  const steps = model.procedures.flatMap((procedure) => procedure.steps);

  it('has eleven steps', () => expect(steps).toHaveLength(11));

  it.each(steps.filter(({ title }) => title !== 'f-powershell').map((step) => [step.title, step] as const))(
    'finds the command of %s, and its place',
    (_title, { commands }) => {
      const found = commands.find(({ text }) => text.includes(RESTART));
      expect(found).toBeDefined();
      expect(source.slice(found?.start, found?.end)).toContain(RESTART);
    },
  );

  it('says that PowerShell is not run', () => {
    const step = steps.find(({ title }) => title === 'f-powershell');
    expect(step?.commands).toEqual([]);
    const line = source.split('\n').findIndex((text) => text.includes('```powershell')) + 1;
    expect(model.gaps.filter(({ code }) => code === 'not-run').map((gap) => gap.line)).toEqual([line]);
  });
});

const commandsIn = (fence: string): readonly string[] =>
  allCommands(parseRunbook(`# T\n\n${fence}\n`, 't.md').model).map(({ text }) => text);

describe('a block with prompts', () => {
  it.each([
    ['```console\n$ fly status -a a\nName = a\n$ fly logs -a a\n```', ['fly status -a a', 'fly logs -a a']],
    ['```console\n# fly status -a a\nName = a\n```', ['fly status -a a']],
    ['```console\n$ git --version\ngit version 2.39\n```', ['git --version']],
    ['```console\n> fly status -a a\n```', ['fly status -a a']],
    ['```\n[root@pier ~]# fly status -a a\n```', ['fly status -a a']],
    ['```bash\n# what is there\n$ fly status -a a \\\n>   --json\n```', ['fly status -a a \\\n    --json']],
    ['```console\n$ cat > f <<EOF\n> hello\n> EOF\n$ ./go.sh', ['cat > f <<EOF\nhello\nEOF', './go.sh']],
    ['```bash\n$ cat > f <<EOF\n> hello\n> EOF\n$ ./go.sh', ['cat > f <<EOF\nhello\nEOF', './go.sh']],
    ['```console\n$ cat > f <<EOF\nhello\nEOF\n$ ./go.sh', ['cat > f <<EOF\nhello\nEOF', './go.sh']],
    ['```console\n$ for i in 1 2; do\n>   ./go.sh $i\n> done\nwent', ['for i in 1 2; do\n    ./go.sh $i\n  done']],
    ['```console\n$ npm run build\n> shop@1.0 build\n> tsc\n```', ['npm run build']],
    ['```console\nsh-5.1$ ./go.sh\nbash-4.2# ./stop.sh\n```', ['./go.sh', './stop.sh']],
    ['```console\n➜  shop git:(main) ✗ ./go.sh\n➜ ./stop.sh\n```', ['./go.sh', './stop.sh']],
    ['```{code-block} bash\nfly status -a a\n```', ['fly status -a a']],
    ['<pre>./go.sh<br>./stop.sh</pre>', []],
    ['<pre lang="sh">./go.sh<br/>./stop.sh</pre>', ['./go.sh', './stop.sh']],
    ['```sh {"name":"look"}\nfly status -a a\n```', ['fly status -a a']],
    ['```{.bash .numberLines}\nfly status -a a\n```', ['fly status -a a']],
    ['```bash {1,3}\nfly status -a a\n```', ['fly status -a a']],
    ['    fly status -a a', ['fly status -a a']],
    ['<pre>\nfly status -a a &amp;&amp; fly logs -a a\n</pre>', ['fly status -a a && fly logs -a a']],
    ['<pre lang="sh">./restart.sh</pre>', ['./restart.sh']],
    ['```\nmake sure that everyone knows\n```', []],
    ['```\nservice is down\n```', []],
    ['```yaml\na: b\n```', []],
  ])('%s', (fence, commands) => expect(commandsIn(fence)).toEqual(commands));

  it('says which lines it took for output', () => {
    const { gaps } = parseRunbook('# T\n\n```bash\n$ fly status -a a\nName = a\n```\n', 't.md').model;
    expect(gaps.map(({ line, code }) => `${line} ${code}`)).toContain('3 session-output');
  });

  it('reads a file whose lines end with CR alone', () => {
    const text = '# T\r\r```bash\rfly status -a a\rfly logs -a a\r```\r';
    expect(allCommands(parseRunbook(text, 't.md').model).map((command) => command.text)).toEqual([
      'fly status -a a',
      'fly logs -a a',
    ]);
  });
});

it('takes a block in a quote after a numbered item for a part of its step', () => {
  const text = '# T\n\n## Option 1: Back\n\n1. **Look**\n\n> [!NOTE]\n> ```bash\n> fly status -a a\n> ```\n';
  const [step] = parseRunbook(text, 't.md').model.procedures.flatMap(({ steps }) => steps);
  expect(step?.commands.map((command) => command.text)).toEqual(['fly status -a a']);
});
