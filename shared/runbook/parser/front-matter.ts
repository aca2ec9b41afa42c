import { type Document, isNode, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import { RollbookError } from '../../api/result.ts';
import { mustFit } from '../limits.ts';
import type { Gap, Settings } from '../model.ts';
import { problemOf, yamlProblem } from './front-matter-problem.ts';
import { type FrontMatter, frontMatterSchema, NO_SETTINGS, toSettings } from '../settings.ts';

export interface FrontMatterReading {
  readonly settings: Settings;
  /** null when the file has none, or one of another tool. */
  readonly front: FrontMatter | null;
  readonly title: string | null;
  readonly gaps: readonly Gap[];
  /** Offset after its closing line; 0 without front matter. */
  readonly end: number;
  /** The line of a key; 1 without front matter. */
  readonly lineOf: (path: readonly (string | number)[]) => number;
}

/** Keys that show that the front matter is meant for Rollbook, even without `rollbook: 1`. */
const OWN_KEYS = [
  'rollbook',
  'services',
  'variables',
  'procedures',
  'matrix',
  'authority',
  'maintenance',
  'database',
  'review',
];

/**
 * Reads and validates the front matter at the top of a runbook.
 * @throws RollbookError `bad-front-matter` with details.line, for broken YAML, an unclosed block or a wrong shape.
 */
export function readFrontMatter(source: string, name: string): FrontMatterReading {
  const none: FrontMatterReading = {
    settings: NO_SETTINGS,
    front: null,
    title: null,
    gaps: [],
    end: 0,
    lineOf: () => 1,
  };
  const opening = /^---[ \t]*(?:\r\n|\n|\r)(?=[ \t]*(?:#|["']?[\w-]+["']?[ \t]*:)|(?:---))/.exec(source);
  if (opening === null) return none;
  const body = source.slice(opening[0].length);
  const closing = /(?:^|\r\n|\n|\r)---[ \t]*(?=\r\n|\n|\r|$)/.exec(body);
  if (closing === null) {
    if (!/^rollbook[ \t]*:/m.test(body)) return none;
    throw bad(name, 1, 'is opened by --- but never closed', 'Put a line with --- after the last key.');
  }
  mustFit('frontMatter', closing.index, name);
  const end = opening[0].length + closing.index + closing[0].length;
  return { ...readYaml(body.slice(0, closing.index), name, none), end };
}

function readYaml(yaml: string, name: string, none: FrontMatterReading): FrontMatterReading {
  const counter = new LineCounter();
  const options = { lineCounter: counter, prettyErrors: false, stringKeys: true, uniqueKeys: false } as const;
  const document = parseDocument(withLf(yaml), options);
  const lineAt = (offset: number): number => counter.linePos(offset).line + 1;
  const broken = document.errors[0];
  if (broken !== undefined) {
    throw bad(
      name,
      lineAt(broken.pos[0]),
      `is not valid YAML: ${yamlProblem(broken)}`,
      'Correct that line; quote values that contain a colon or #.',
    );
  }
  const double = toPlain(() => firstDoubleKey(document), name);
  if (double !== null) {
    const advice = 'Remove one of the two.';
    throw bad(name, lineAt(double), 'is not valid YAML: it has the same key twice', advice);
  }
  const lineOf = (path: readonly (string | number)[]): number => {
    for (let length = path.length; length > 0; length -= 1) {
      const node = document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range != null) return lineAt(node.range[0]);
    }
    return 2;
  };
  const value = toPlain((): unknown => document.toJS({ maxAliasCount: 20 }), name);
  const keys = value !== null && typeof value === 'object' ? Object.keys(value) : [];
  if (!keys.some((key) => OWN_KEYS.includes(key))) return foreign(none, value);
  const parsed = frontMatterSchema.safeParse(value);
  if (parsed.success) {
    return { ...none, settings: toSettings(parsed.data), front: parsed.data, title: parsed.data.title ?? null, lineOf };
  }
  const { path, what, advice } = problemOf(parsed.error.issues[0], value);
  const usual = keys.includes('rollbook')
    ? 'See "Front matter" in shared/runbook/FORMAT.md.'
    : 'Add the line `rollbook: 1`.';
  throw bad(name, lineOf(path), what, advice ?? usual);
}

/** The library takes a single CR for a blank. Offsets stay the same. */
export const withLf = (yaml: string): string => yaml.replace(/\r(?!\n)/g, '\n');

function toPlain<T>(read: () => T, name: string): T {
  try {
    return read();
  } catch {
    const what = 'cannot be read: it uses too many aliases, or is nested too deeply';
    throw bad(name, 1, what, 'Write the values out instead of using aliases.');
  }
}

/** Front matter of another tool, such as a site generator: only its title is used. */
function foreign(none: FrontMatterReading, value: unknown): FrontMatterReading {
  const title = value !== null && typeof value === 'object' && 'title' in value ? value.title : null;
  return {
    ...none,
    title: typeof title === 'string' && title.trim() !== '' ? title.trim() : null,
    gaps: [
      {
        line: 1,
        code: 'foreign-front-matter',
        message: 'The front matter has no key of Rollbook and is ignored.',
        advice: 'To run commands of this runbook, add `rollbook: 1` and the services.',
      },
    ],
  };
}

function bad(name: string, line: number, what: string, advice: string): RollbookError {
  return new RollbookError('bad-front-matter', `The front matter of ${name} ${what} (line ${line}).`, advice, { line });
}

/**
 * The offset of the first duplicate key, or null. The check of the library compares each key with all others, which takes
 * seconds for a long map.
 */
function firstDoubleKey(document: Document.Parsed): number | null {
  let found: number | null = null;
  visit(document, {
    Map(_key, { items }) {
      const seen = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        const at = key.range?.[0] ?? 0;
        if (seen.has(key.value)) found = Math.min(found ?? at, at);
        seen.add(key.value);
      }
    },
  });
  return found;
}
