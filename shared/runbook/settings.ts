import { z } from 'zod';
import type { DatabaseSettings } from '../platforms/postgres/target.ts';
import { parseDuration } from '#shared/words/duration.ts';
import type { Settings, Variable } from './model.ts';
import { whyNoPattern } from './pattern.ts';
import { reader, serviceSchema, toReader, toService } from './service-settings.ts';

/** The schema of a runbook's front matter, and its conversion to settings of the model. */

const title = z.string().trim().min(1);
const procedureId = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'lower-case letters, digits and hyphens');
const days = z.string().regex(/^[1-9]\d{0,3}d$/, 'a number of days such as 90d');
const isoDate = z.string().regex(/^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/, 'a date such as 2026-10-01');

const variable = z
  .discriminatedUnion('from', [
    z.strictObject({ from: z.enum(['service.id', 'service.health', 'release.version', 'release.image']) }),
    z.strictObject({
      from: z.literal('prompt'),
      ask: z.string().trim().min(1).describe('The question the person is asked.'),
      pattern: z
        .string()
        .refine((text) => whyNoPattern(text) === null, 'a regular expression (RE2)')
        .default('\\S.*')
        .describe('A regular expression the whole answer must match.'),
      secret: z.boolean().default(false),
      choices: z
        .strictObject({
          of: procedureId.describe('The id of a step; the newest output of its reads is offered.'),
          read: reader.optional(),
        })
        .optional()
        .describe('Answers to choose from: the field release of each row, or without `read` every value printed.'),
    }),
    z.strictObject({ from: z.literal('environment'), secret: z.boolean().default(true) }),
  ])
  .describe('Where a $NAME in a command gets its value.');

const database = z
  .strictObject({
    url: z
      .string()
      .regex(/^[A-Z][A-Z0-9_]*$/, 'the name of an environment variable')
      .describe('The environment variable that holds the connection string.'),
    project: z
      .string()
      .regex(/^[a-z]{20}$/, 'a project ref of 20 letters')
      .optional()
      .describe('Supabase project ref.'),
    host: z.string().trim().min(1).optional().describe('Host name, where there is no project ref.'),
    name: z.string().min(1).describe("The database's name."),
  })
  .refine(({ project, host }) => project !== undefined || host !== undefined, 'project or host')
  .describe('The only database this runbook can roll back.');

const matrixRow = z.strictObject({
  match: z.string().trim().min(1).describe('Words in the condition of the rows that this is about.'),
  procedures: z.array(procedureId).describe('Procedures in order of preference; none: fix forward.'),
});

const maintenance = z
  .strictObject({
    url: z
      .string()
      .regex(/^https?:\/\/[^\s/]+(?:\/\S*)?$/, 'an address that starts with https:// or http://')
      .describe('The address that users open.'),
    marker: z.string().trim().min(1).describe('Text that only the maintenance page shows, near its beginning.'),
  })
  .describe('What proves maintenance mode: the page that users see.');

const authorityRule = z.strictObject({
  severities: z.array(z.enum(['P0', 'P1', 'P2', 'P3'])).default([]),
  procedures: z.array(procedureId).default([]),
  approver: z.enum(['anyone', 'team-lead', 'manager']),
});

export const frontMatterSchema = z.strictObject({
  rollbook: z.literal(1).describe('Version of this format.'),
  title: title.optional(),
  services: z
    .record(z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'letters in lower case, digits and hyphens'), serviceSchema)
    .default({}),
  variables: z.record(z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'capitals, digits and _'), variable).default({}),
  procedures: z
    .record(procedureId, title)
    .default({})
    .describe('Id to heading, for procedures whose heading does not show that they are one.'),
  matrix: z.array(matrixRow).default([]),
  authority: z.array(authorityRule).default([]),
  maintenance: maintenance.optional(),
  database: database.optional(),
  review: z.strictObject({ every: days, last: isoDate.optional() }).optional(),
});

export type FrontMatter = z.output<typeof frontMatterSchema>;

/** JSON Schema (draft 2020-12) of the front matter, for editors. */
export function frontMatterJsonSchema(): Record<string, unknown> {
  return {
    title: 'Rollbook front matter',
    ...(z.toJSONSchema(frontMatterSchema, { io: 'input' }) as Record<string, unknown>),
  };
}

export const NO_SETTINGS: Settings = { services: [], variables: {}, reviewEveryDays: null, lastReviewed: null };

export function toSettings(front: FrontMatter): Settings {
  const every = front.review === undefined ? null : parseDuration(front.review.every);
  return {
    services: Object.entries(front.services).map(([id, declared]) => toService(id, declared)),
    variables: Object.fromEntries(Object.entries(front.variables).map(([name, each]) => [name, toVariable(each)])),
    reviewEveryDays: every === null ? null : every / 86_400_000,
    lastReviewed: front.review?.last ?? null,
    ...(front.maintenance === undefined ? {} : { maintenance: front.maintenance }),
    ...(front.database === undefined ? {} : { database: declaredDatabase(front.database) }),
  };
}

function toVariable(written: FrontMatter['variables'][string]): Variable {
  if (written.from !== 'prompt') return written;
  const { choices, ...rest } = written;
  if (choices === undefined) return rest;
  const { of, read } = choices;
  return { ...rest, choices: read === undefined ? { of } : { of, read: toReader(read) } };
}

const declaredDatabase = ({ url, project, host, name }: NonNullable<FrontMatter['database']>): DatabaseSettings => ({
  url,
  project: project ?? null,
  host: host ?? null,
  name,
});
