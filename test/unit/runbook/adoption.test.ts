/** Adopting: text in, questions and text out. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { adopt } from '#shared/runbook/adoption/adopt.ts';
import { parseRunbook } from '#shared/runbook/parse.ts';

const fixture = (name: string): string =>
  readFileSync(new URL(`../../fixtures/runbooks/${name}`, import.meta.url), 'utf8');

const SEED = fixture('seed.md');
const lines = (...written: readonly string[]): string => `${written.join('\n')}\n`;
const ids = (text: string): readonly string[] => adopt(text, 'book.md', {}).questions.map(({ id }) => id);
const gapsOf = (text: string): readonly string[] => parseRunbook(text, 'book.md').model.gaps.map(({ code }) => code);
const modelOf = (text: string) => parseRunbook(text, 'book.md').model;

/** The proposed answers, and those of the test. */
function answered(text: string, own: Readonly<Record<string, string>> = {}) {
  const { questions } = adopt(text, 'book.md', {});
  const proposed = Object.fromEntries(questions.map(({ id, proposed: value }) => [id, value]));
  return adopt(text, 'book.md', { ...proposed, ...own });
}

const PROCEDURE = ['## Option 1: Restart the pier', '', '1. **Restart**', '   ```bash', '   pierctl restart', '   ```'];

describe('adopting the seed', () => {
  it('asks about its services, variables, maintenance mode and unknown commands, with their lines', () => {
    const { questions } = adopt(SEED, 'seed.md', {});
    expect(questions.map(({ id, line, proposed }) => [id, line, proposed])).toEqual(
      expect.arrayContaining([
        ['services.hotdash-agent-service.health', 97, 'https://hotdash-agent-service.fly.dev/health'],
        ['services.hotdash-app.health', 219, 'https://app.hotdash.com/health'],
        ['variables.DATABASE_URL.from', 163, 'environment'],
        ['variables.MIGRATION_NAME.from', 177, 'prompt'],
        ['maintenance.marker', 244, ''],
        ['effects.158', 160, 'read'],
        ['effects.230', 231, ''],
      ]),
    );
  });

  it('writes the answers as front matter and hints, and changes nothing else', () => {
    const { text } = answered(SEED, { 'maintenance.marker': 'Back soon', 'effects.230': 'change' });
    const end = text.indexOf('---\n', 4) + 4;
    const body = text.slice(end).replaceAll(/^( *```bash) effect=(?:read|change)$/gm, '$1');
    expect(body).toBe(SEED);
    const { settings } = modelOf(text);
    expect(settings.services.map(({ id, health }) => [id, health])).toEqual([
      ['hotdash-agent-service', 'https://hotdash-agent-service.fly.dev/health'],
      ['hotdash-llamaindex-mcp', 'https://hotdash-llamaindex-mcp.fly.dev/health'],
      ['hotdash-app', 'https://app.hotdash.com/health'],
    ]);
    expect(settings.maintenance).toEqual({ url: 'https://hotdash-agent-service.fly.dev/', marker: 'Back soon' });
    expect(settings.variables['DATABASE_URL']).toEqual({ from: 'environment', secret: true });
    expect(settings.variables['MIGRATION_NAME']).toMatchObject({ from: 'prompt', ask: 'Migration name?' });
    for (const closed of ['no-services', 'asked', 'unknown-effect']) {
      expect(gapsOf(SEED)).toContain(closed);
      expect(gapsOf(text)).not.toContain(closed);
    }
  });

  it('asks nothing twice, and writes nothing without an answer', () => {
    const { text } = answered(SEED, { 'maintenance.marker': 'Back soon', 'effects.230': 'change' });
    expect(ids(text)).toEqual([]);
    expect(adopt(text, 'seed.md', {}).text).toBe(text);
    expect(adopt(SEED, 'seed.md', {})).toMatchObject({ text: SEED, diff: '' });
  });

  it('keeps CRLF, a byte order mark, and symbols that were damaged', () => {
    expect(SEED).toContain('ö®');
    const crlf = `\uFEFF${SEED.replaceAll('\n', '\r\n')}`;
    const { text } = answered(crlf, { 'maintenance.marker': 'Back soon' });
    expect(text.startsWith('\uFEFF---\r\nrollbook: 1\r\n')).toBe(true);
    expect(text).not.toMatch(/[^\r]\n/);
    expect(text).toContain('   ```bash effect=read\r\n');
    expect(text.replaceAll('\r\n', '\n').endsWith(SEED.slice(SEED.indexOf('## Post-Rollback Procedures')))).toBe(true);
    expect(modelOf(text).settings.services).toHaveLength(3);
  });

  it('reads and writes files with lines that end with CR alone', () => {
    const { text } = answered(SEED.replaceAll('\n', '\r'));
    expect(text).not.toContain('\n');
    expect(modelOf(text).settings.services).toHaveLength(3);
    expect(ids(text).filter((id) => !/^effects|^maintenance/.test(id))).toEqual([]);
  });
});

describe('front matter that is there', () => {
  const FRONT = [
    '---',
    'rollbook: 1   # the version',
    '',
    'variables:          # of the pier',
    "    PORT:   { from: prompt, ask: 'Which port' }   # by the harbor master",
    '    # more to come',
    'review: {every: 90d}',
    '---',
  ];
  const BOOK = lines(...FRONT, '# Pier', '', ...PROCEDURE.with(4, '   pierctl move "$PORT" "$BERTH"'));

  it('is kept byte for byte, with new entries at the end of what they belong to', () => {
    const { text } = answered(BOOK, { 'variables.BERTH.from': 'environment', 'services.name': '' });
    expect(text).toBe(BOOK.replace('master\n', 'master\n    BERTH: { from: environment, secret: false }\n'));
  });

  it('is added to in braces and in lists, and at its end', () => {
    const table = ['| Severity | Condition | Action | Timeframe |', '|-|-|-|-|', '| P0 | Ship stuck | Page | 5 min |'];
    const book = lines(
      ...['---', 'rollbook: 1', 'variables: { PORT: { from: environment } }', 'matrix: []', '---', '# Pier', ''],
      ...table,
      '',
      ...PROCEDURE.with(4, '   pierctl move "$BERTH"'),
      '',
      '## Option 2: Free the ship',
      '',
      '1. **Free it**',
      '   ```sh',
      '   pierctl free',
      '   ```',
    );
    const { text } = answered(book, { 'variables.BERTH.from': 'environment' });
    expect(text).toContain('variables: { PORT: { from: environment }, BERTH: { from: environment, secret: false } }\n');
    expect(text).toContain('matrix: [ { match: Ship stuck, procedures: [ free-the-ship ] } ]\n');
    expect(modelOf(text).matrix.rows[0]?.procedures).toEqual(['free-the-ship']);
  });

  it('of another tool stays as it is: only commands are asked about, and it is said why', () => {
    const book = lines('---', 'layout: page', '---', '# Pier', '', ...PROCEDURE);
    const { questions, notes, text } = adopt(book, 'pier.md', { 'effects.9': 'change' });
    expect(questions.map(({ id }) => id)).toEqual(['effects.9']);
    expect(notes).toEqual([expect.stringContaining('belongs to another tool')]);
    expect(text).toBe(book.replace('```bash', '```bash effect=change'));
  });
});

describe('rows of the matrix', () => {
  const book = (...rows: readonly string[]): string =>
    lines(
      ...['# Pier', '', '| Severity | Condition | Action | Timeframe |', '|-|-|-|-|', ...rows, ''],
      ...PROCEDURE,
      ...['', '## Option 2: Application rollback', '', '1. **Go back**', '   ```bash', '   pierctl back', '   ```'],
    );

  it('are asked about if they act and lead nowhere, not if they fix forward', () => {
    const text = book('| P1 | Ship stuck | Page somebody | 5 min |', '| P3 | Paint | Fix forward | 1 day |');
    expect(ids(text).filter((id) => id.startsWith('matrix.'))).toEqual(['matrix.5']);
  });

  it('lead to what was answered, in that order, or to none', () => {
    const text = book('| P1 | Ship stuck | Page somebody | 5 min |', '| P2 | Fog | Wait | 5 min |');
    const made = answered(text, { 'matrix.5': 'application-rollback, restart-the-pier', 'matrix.6': 'none' }).text;
    expect(modelOf(made).matrix.rows.map(({ procedures }) => procedures)).toEqual([
      ['application-rollback', 'restart-the-pier'],
      [],
    ]);
    expect(ids(made).filter((id) => id.startsWith('matrix.'))).toEqual([]);
  });

  it('do not take another row with them whose words contain theirs', () => {
    const text = book('| P2 | Outage | Page somebody | 5 min |', '| P0 | Complete outage | Roll back | 5 min |');
    expect(modelOf(text).matrix.rows[1]?.procedures).toEqual(['application-rollback']);
    const made = answered(text, { 'matrix.5': 'restart-the-pier' }).text;
    expect(modelOf(made).matrix.rows.map(({ procedures }) => procedures)).toEqual([
      ['restart-the-pier'],
      ['application-rollback'],
    ]);
  });
});

describe('commands of unknown effect', () => {
  const fenced = (opening: string, ...commands: readonly string[]): string =>
    lines(
      ...['# Pier', '', '## Option 1: Restart the pier', '', '1. **Restart**', `   ${opening}`],
      ...commands.map((command) => `   ${command}`),
      '   ```',
    );

  it.each([
    ['```bash', '```bash effect=change'],
    ['```bash id=restart  ', '```bash id=restart effect=change  '],
    ['```{.bash .numbered}', '```{.bash .numbered} effect=change'],
    ['```sh {"name":"restart"}', '```sh {"name":"restart"} effect=change'],
    ['```bash effect=unknown usual=5s', '```bash effect=change usual=5s'],
  ])('get their hint after %s', (before, after) => {
    const text = fenced(before, 'pierctl bounce');
    const made = adopt(text, 'pier.md', { 'effects.6': 'change' });
    expect(made.text).toBe(text.replace(before, after));
    expect(modelOf(made.text).procedures[0]?.steps[0]?.commands[0]?.effect).toBe('change');
  });

  it('in a fence without a language mark it as bash', () => {
    const text = fenced('```', '$ pierctl bounce');
    expect(adopt(text, 'pier.md', { 'effects.6': 'read' }).text).toBe(text.replace('```', '```bash effect=read'));
  });

  it('beside a known change are never called a read', () => {
    const text = fenced('```bash', 'kubectl delete pod pier', 'pierctl list');
    const [question] = adopt(text, 'pier.md', {}).questions.filter(({ id }) => id === 'effects.6');
    expect(question).toMatchObject({ proposed: '', answer: { options: [{ value: 'change' }] } });
    expect(() => adopt(text, 'pier.md', { 'effects.6': 'read' })).toThrow('"read" is not one of change.');
  });

  it.each([
    ['pierctl list', 'read'],
    ['pierctl status --all', 'read'],
    ['pierctl restart', ''],
    ['pierctl list > ships.txt', ''],
    ['pierctl reset-status', ''],
  ])('%s: proposed %j', (command, proposed) => {
    const [question] = adopt(fenced('```bash', command), 'pier.md', {}).questions.filter(
      ({ id }) => id === 'effects.6',
    );
    expect(question?.proposed).toBe(proposed);
  });

  it('in an indented block cannot take a hint, and are not asked about', () => {
    const text = lines('# Pier', '', '## Option 1: Restart', '', '1. **Restart**', '', '       $ pierctl bounce');
    expect(gapsOf(text)).toContain('unknown-effect');
    expect(ids(text).filter((id) => id.startsWith('effects.'))).toEqual([]);
  });
});

describe('a service outside of Fly', () => {
  it('is declared with its contract, proposed from its tool, in its namespace', () => {
    const text = fixture('no-hints.md');
    const { settings } = modelOf(answered(text).text);
    expect(settings.services).toEqual([
      expect.objectContaining({
        id: 'relay',
        platform: 'generic',
        health: '',
        contract: {
          releases: expect.objectContaining({
            command: expect.objectContaining({ text: 'kubectl -n mail rollout history deployment/relay' }),
            newest: 'last',
          }),
          running: expect.objectContaining({
            read: {
              kind: 'json',
              at: '',
              fields: { release: 'metadata.annotations["deployment.kubernetes.io/revision"]' },
            },
          }),
          prove: [],
        },
      }),
    ]);
  });

  it('without its contract is not declared, and a sentence says so', () => {
    const made = adopt(lines('# Pier', '', ...PROCEDURE), 'pier.md', {
      'services.name': 'pier',
      'services.platform': 'generic',
    });
    expect(made.diff).toBe('');
    expect(made.notes).toEqual([expect.stringContaining('The service pier is not declared')]);
  });
});

describe('answers that do not fit', () => {
  it.each([
    [{ 'services.hotdash-app.healt': 'https://a.example' }, 'There is no question "services.hotdash-app.healt"'],
    [{ 'services.hotdash-app.health': 'app.hotdash.com' }, 'is not an address that starts with https:// or http://'],
    [{ 'variables.DATABASE_URL.from': 'enviroment' }, 'Did you mean environment?'],
    [
      { 'variables.BACKUP_ID.from': 'prompt', 'variables.BACKUP_ID.pattern': '(?=x)' },
      'variables.BACKUP_ID.pattern does not fit',
    ],
    [{ 'maintenance.url': 'https://a.example', 'maintenance.marker': 'a\nb' }, 'one line without control characters'],
  ])('%j', (own, message) => {
    expect(() => adopt(SEED, 'seed.md', own)).toThrow(message);
  });

  it('do not count where their question is not asked', () => {
    const { answers, diff } = adopt(SEED, 'seed.md', { 'variables.BACKUP_ID.ask': 'Which backup?' });
    expect([answers, diff]).toEqual([{}, '']);
  });
});
