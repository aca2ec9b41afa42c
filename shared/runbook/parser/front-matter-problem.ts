/** What is wrong with a front matter, as the end of a sentence that begins with "The front matter of FILE". */
import type { YAMLError } from 'yaml';
import type { z } from 'zod';
import { nearest } from '#shared/words/nearest.ts';
import { frontMatterSchema } from '../settings.ts';

type Path = readonly (string | number)[];

export interface FrontMatterProblem {
  /** The place that it is about. */
  readonly path: Path;
  readonly what: string;
  /** null: nothing special. */
  readonly advice: string | null;
}

/** Explains what the schema found first. `value`: the whole front matter. */
export function problemOf(issue: z.core.$ZodIssue | undefined, value: unknown): FrontMatterProblem {
  const path = (issue?.path ?? []).map((part) => (typeof part === 'number' ? part : String(part)));
  const at = placeOf(path);
  const found = valueAt(value, path);
  const told = (what: string): FrontMatterProblem => ({ path, what, advice: null });
  const mustBe = (what: string): FrontMatterProblem =>
    told(
      found === undefined
        ? `lacks ${at}, which must be ${what}`
        : `has ${shown(found)} at ${at}, which must be ${what}`,
    );
  switch (issue?.code) {
    case 'unrecognized_keys': {
      const [key = ''] = issue.keys;
      const near = path.length === 0 ? nearest(key, Object.keys(frontMatterSchema.shape)) : null;
      return {
        path: [...path, key],
        what: `has the key "${key}"${path.length === 0 ? '' : ` at ${at}`}, which Rollbook does not know`,
        advice: near === null ? null : `Did you mean "${near}"?`,
      };
    }
    case 'invalid_key':
      return told(
        `has the key "${path.at(-1)}" at ${placeOf(path.slice(0, -1))}, which must be ${issue.issues[0]?.message}`,
      );
    case 'invalid_type':
      return mustBe(TYPES[issue.expected] ?? issue.expected);
    case 'invalid_value':
      return mustBe(oneOf(issue.values.map(String)));
    case 'invalid_union': {
      if ('options' in issue && Array.isArray(issue.options)) return mustBe(oneOf(issue.options.map(String)));
      const inner = issue.errors.map(([first]) => first).find((first) => first !== undefined && first.path.length > 0);
      return inner === undefined
        ? mustBe(issue.message)
        : problemOf({ ...inner, path: [...issue.path, ...inner.path] }, value);
    }
    case 'too_small':
      return told(`has an empty text at ${at}`);
    case 'custom':
      return typeof found === 'object' ? told(`lacks ${issue.message} at ${at}`) : mustBe(issue.message);
    case 'invalid_format':
      return mustBe(issue.message);
    default:
      return told(`has a wrong value at ${at}`);
  }
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  array: 'a list',
  object: 'keys with values',
  record: 'keys with values',
  boolean: 'true or false',
};

function oneOf(values: readonly string[]): string {
  const last = values.at(-1) ?? '';
  return values.length < 2 ? last : `${values.slice(0, -1).join(', ')} or ${last}`;
}

/** `matrix (entry 1).procedures`. */
const placeOf = (path: Path): string =>
  path.length === 0
    ? 'its top'
    : path.reduce<string>(
        (text, part) =>
          typeof part === 'number' ? `${text} (entry ${part + 1})` : text === '' ? part : `${text}.${part}`,
        '',
      );

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inner, part) =>
      inner !== null && typeof inner === 'object' ? (inner as Record<string | number, unknown>)[part] : undefined,
    value,
  );
}

/** Only short plain words are repeated: a connection string in the wrong place may hold a password. */
function shown(value: unknown): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'keys with values';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (!/^[\w ./()[\]-]{1,20}$/.test(text)) return 'a wrong text';
  return typeof value === 'string' ? `"${text}"` : text;
}

/** Why a text is not YAML. */
export const yamlProblem = ({ code }: Pick<YAMLError, 'code'>): string =>
  YAML_PROBLEMS[code] ?? 'this line cannot be read';

const TWO_COLONS = 'a value goes on in the next line or has a second colon, without quotes';
const YAML_PROBLEMS: Partial<Record<YAMLError['code'], string>> = {
  BAD_ALIAS: 'a value that begins with * needs quotes',
  BAD_DQ_ESCAPE: 'a backslash in double quotes has a meaning of its own; use single quotes',
  BAD_INDENT: 'the indentation is wrong, or a bracket is not closed',
  BAD_SCALAR_START: 'a value begins with a character that needs quotes',
  BLOCK_AS_IMPLICIT_KEY: TWO_COLONS,
  MISSING_CHAR: 'a quote, bracket, comma or colon is missing',
  MULTILINE_IMPLICIT_KEY: TWO_COLONS,
  TAB_AS_INDENT: 'it is indented with a tab; use spaces',
};
