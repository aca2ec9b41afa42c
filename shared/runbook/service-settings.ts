/** The schema of a service in the front matter, and its conversion to a service of the model. */
import { z } from 'zod';
import { parseDuration } from '#shared/words/duration.ts';
import type { ServiceCommand, ServiceCommands, HealthCheck, RowFields, RowReader, Service } from './service.ts';
import { readStatements } from './parser/statements.ts';
import { whyNoPattern } from './pattern.ts';

const text = z.string().trim().min(1);

const address = z
  .string()
  .regex(/^https?:\/\/[^\s/]+(?:\/\S*)?$/, 'an address that starts with https:// or http://')
  .describe('A health address, written out: it cannot be derived from the id. Healthy is 200.');

const healthCheck = z
  .strictObject({
    url: address,
    status: z.array(z.number().int().min(100).max(599)).min(1).default([200]).describe('The codes that are healthy.'),
    header: z
      .string()
      .regex(/^[\w-]+(?::.*)?$/, 'a header such as "X-Ready" or "X-Ready: yes"')
      .optional()
      .describe('A header that the answer has, with words of its value after a colon.'),
    body: text.optional().describe('Words in the first 4,096 characters of the answer.'),
    redirects: z.number().int().min(0).max(5).default(0).describe('How many redirects are followed.'),
  })
  .describe('A health address, and which answer is healthy.');

const HEALTH = { error: 'an address that starts with https:// or http://, keys with url, or a list of these' };
const oneHealth = z.union([address, healthCheck], HEALTH);
const health = z.union([address, healthCheck, z.array(oneHealth).min(1)], HEALTH);

const pattern = text.refine((written) => whyNoPattern(written) === null, 'a regular expression (RE2)');

const command = text
  .refine((written) => readStatements(written).statements.length === 1, 'one command')
  .refine(
    (written) => readStatements(written).statements[0]?.effect !== 'change',
    'a command that only reads: the change belongs into the step=deploy-release of the runbook',
  )
  .describe('A command that only reads.');

/** Column titles, or JSON paths. */
const fields = {
  release: text.describe('What the change command gets as the release.'),
  image: text
    .optional()
    .describe('What makes two releases the same, where a number is not kept; the release by default.'),
  status: text.optional(),
  description: text.optional(),
  created: text.optional().describe('A date and time.'),
  user: text.optional(),
};

export const reader = z
  .union(
    [
      z.strictObject({ table: z.strictObject(fields).describe('The titles of the columns.') }),
      z.strictObject({
        json: z
          .strictObject({
            at: z.string().trim().default('').describe('Where the list is; empty: it is the value.'),
            ...fields,
          })
          .describe('Paths such as metadata.name, items[0] or metadata.labels["app.kubernetes.io/name"].'),
      }),
      z.strictObject({
        lines: pattern
          .refine((written) => /\(\?P?<release>/.test(written), 'a pattern with the named group (?P<release>...)')
          .describe('A pattern of one line, with the named groups (?P<release>...), (?P<image>...), ....'),
      }),
    ],
    { error: 'table, json or lines, with the columns, paths or pattern to read' },
  )
  .describe('How what the command prints is read.');

const duration = z.string().refine((written) => parseDuration(written) !== null, 'a duration such as 90s');

const expectation = {
  exit: z.array(z.number().int().min(0).max(255)).min(1).default([0]),
  expect: pattern
    .optional()
    .describe('A pattern that the output has to match; $RELEASE and other variables are filled in.'),
  reject: pattern.optional().describe('A pattern that it must not match.'),
};

const generic = z.strictObject({
  title: text.describe('What people call the service.'),
  platform: z.literal('generic'),
  health: health.optional(),
  releases: z
    .strictObject({
      command,
      read: reader,
      newest: z.enum(['first', 'last']).default('first').describe('Where the newest release is printed.'),
      complete: z.array(text).optional().describe('The statuses that can be gone back to; all by default.'),
    })
    .describe('Lists what can be gone back to.'),
  running: z.strictObject({ command, read: reader }).describe('Tells what runs now.'),
  prove: z
    .array(z.strictObject({ command, ...expectation, within: duration.default('60s') }))
    .default([])
    .describe(
      'What has to be true after going back, besides that the release runs and the health addresses are healthy.',
    ),
});

const fly = z.strictObject({
  title: text.describe('What people call the service.'),
  platform: z.literal('fly'),
  health,
});

export const serviceSchema = z
  .discriminatedUnion('platform', [fly, generic])
  .describe('A service this runbook can roll back; on Fly its key is the name of the app.');

type Declared = z.output<typeof serviceSchema>;

export function toService(id: string, declared: Declared): Service {
  const checks = [declared.health ?? []].flat().map(toCheck);
  const [first] = checks;
  const plain = checks.length === 0 || (checks.length === 1 && first !== undefined && isPlain(first));
  const common = {
    id,
    title: declared.title,
    health: first?.url ?? '',
    ...(plain ? {} : { healthChecks: checks }),
  };
  if (declared.platform === 'fly') return { ...common, platform: 'fly' };
  return { ...common, platform: 'generic', contract: commandsOf(declared) };
}

function toCheck(written: z.output<typeof oneHealth>): HealthCheck {
  if (typeof written === 'string') return { url: written, status: [200], redirects: 0 };
  const { header, body, ...rest } = written;
  const colon = header?.indexOf(':') ?? -1;
  return {
    ...rest,
    ...(body === undefined ? {} : { body }),
    ...(header === undefined
      ? {}
      : {
          header:
            colon < 0
              ? { name: header, value: null }
              : { name: header.slice(0, colon), value: header.slice(colon + 1).trim() },
        }),
  };
}

const isPlain = ({ status, header, body, redirects }: HealthCheck): boolean =>
  status.length === 1 && status[0] === 200 && header === undefined && body === undefined && redirects === 0;

function toCommand(written: string): ServiceCommand {
  const [statement] = readStatements(written).statements;
  const { tool = 'bash', form = 'script', variables = [] } = statement ?? {};
  return { text: statement?.text ?? written, tool, form, variables };
}

function commandsOf({ releases, running, prove }: Extract<Declared, { platform: 'generic' }>): ServiceCommands {
  const { complete = null, newest } = releases;
  return {
    releases: { command: toCommand(releases.command), read: toReader(releases.read), newest, complete },
    running: { command: toCommand(running.command), read: toReader(running.read) },
    prove: prove.map(({ command: proof, exit, expect = null, reject = null, within }) => ({
      command: toCommand(proof),
      expects: { exit, expect, reject },
      withinMs: parseDuration(within) ?? 0,
    })),
  };
}

export function toReader(written: z.output<typeof reader>): RowReader {
  if ('lines' in written) return { kind: 'lines', pattern: written.lines };
  if ('table' in written) return { kind: 'table', fields: present(written.table) };
  const { at, ...paths } = written.json;
  return { kind: 'json', at, fields: present(paths) };
}

type WrittenFields = { readonly [Field in keyof RowFields]: RowFields[Field] | undefined } & {
  readonly release: string;
};

const present = ({ release, ...others }: WrittenFields): RowFields => ({
  release,
  ...Object.fromEntries(Object.entries(others).filter(([, value]) => value !== undefined)),
});
