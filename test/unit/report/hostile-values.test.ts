import fc from 'fast-check';
import type { Heading, Nodes, Root } from 'mdast';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { describe, expect, it } from 'vitest';
import { EVENT_SCHEMAS, type IncidentEvent } from '#shared/incident/event.ts';
import { REPORT_FIELDS } from '#shared/report/fields.ts';
import { serialiseReport } from '#shared/report/serialise.ts';
import type { Runbook } from '#shared/runbook/model.ts';
import { IncidentEvents } from '../../fixtures/incident-events.ts';
import { byHandIncident, verifiedDrill } from '../../fixtures/incident-stories.ts';
import { RUNBOOK } from '../../fixtures/runbook-model.ts';
import { treeOf } from './report-of.ts';

const parser = unified().use(remarkParse).use(remarkGfm).use(remarkFrontmatter);

const PIECES = [
  '|',
  '\\|',
  '`',
  '```',
  '~~~~',
  '\n',
  '\r\n',
  '\n\n',
  '# x',
  '\n## Timeline\n',
  '===',
  '---',
  '\n---\n',
  '<b>',
  '</table>',
  '<!--',
  '<script>alert(1)</script>',
  '&lt;',
  '&#10;',
  '\u202Egnp',
  '\u200F',
  '\u0000',
  '\u2028',
  '\uD83D',
  '[x](javascript:1)',
  '![i](u)',
  '[^1]',
  '[^1]: note',
  '[ ] ',
  '- [x] ',
  '> ',
  '1. ',
  '+ ',
  '*',
  '_',
  '~~',
  '$x$',
  '\\',
  'https://example.com/a_b',
  'a@example.com',
  'www.example.com',
  ':-',
  '\t',
  ' ',
  'word',
  'x'.repeat(10_000),
];
const hostile = fc.oneof(
  fc.array(fc.constantFrom(...PIECES), { maxLength: 8 }).map((pieces) => pieces.join('')),
  fc.string({ unit: 'binary', maxLength: 30 }),
);

/** Replaces every free text of an incident by a hostile one. Ids and enum values stay, so that it can be reduced. */
const KEPT = new Set([
  'runId',
  'stepId',
  'commandId',
  'checkId',
  'messageId',
  'procedureId',
  'field',
  'debt',
  'fingerprint',
]);

function poison(value: unknown, next: () => string, key = ''): unknown {
  if (typeof value === 'string') return KEPT.has(key) ? value : next();
  if (Array.isArray(value)) return value.map((item) => poison(item, next, key));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, poison(item, next, name)]));
}

function poisoned(event: IncidentEvent, next: () => string): IncidentEvent {
  const payload = poison(event.payload, next);
  // Enum values were replaced too: restore whatever the schema refuses.
  const parsed = EVENT_SCHEMAS[event.kind].safeParse(payload);
  if (parsed.success) return { ...event, actor: next(), payload } as IncidentEvent;
  const mended = structuredClone(payload) as Record<string, unknown>;
  for (const { path } of parsed.error.issues) restore(mended, event.payload as Record<string, unknown>, path);
  return { ...event, actor: next(), payload: EVENT_SCHEMAS[event.kind].parse(mended) } as IncidentEvent;
}

function restore(into: Record<string, unknown>, from: Record<string, unknown>, path: readonly PropertyKey[]): void {
  const [head, ...rest] = path.map(String);
  if (head === undefined) return;
  if (rest.length === 0) into[head] = from[head];
  else restore(into[head] as Record<string, unknown>, from[head] as Record<string, unknown>, rest);
}

const poisonedRunbook = (next: () => string): Runbook => ({
  ...RUNBOOK,
  procedures: RUNBOOK.procedures.map((procedure) => ({
    ...procedure,
    title: next(),
    steps: procedure.steps.map((step) => ({
      ...step,
      title: next(),
      checks: step.checks.map((check) => ({ ...check, text: next() })),
      messages: step.messages.map((message) => ({ ...message, title: next() })),
    })),
  })),
});

const textOf = (node: Nodes): string =>
  'value' in node ? node.value : 'children' in node ? node.children.map(textOf).join('') : '';

const headings = (root: Root): readonly string[] =>
  root.children
    .filter((node): node is Heading => node.type === 'heading')
    .map((node) => `${node.depth} ${textOf(node)}`);

const shape = (root: Root): readonly string[] => root.children.map((node) => node.type);

function kindsIn(node: Nodes, found = new Set<string>()): ReadonlySet<string> {
  found.add(node.type);
  if ('children' in node) for (const child of node.children) kindsIn(child, found);
  return found;
}

/** Links whose text is not their URL. remark also links escaped addresses, which is harmless: their text is the URL. */
function dressedLinks(root: Root): readonly string[] {
  const found: string[] = [];
  const visit = (node: Nodes): void => {
    if (node.type === 'link' && !['', 'http://', 'mailto:'].some((start) => `${start}${textOf(node)}` === node.url)) {
      found.push(node.url);
    }
    if ('children' in node) node.children.forEach(visit);
  };
  visit(root);
  return found;
}

const tables = (root: Root): readonly (readonly number[])[] =>
  root.children.flatMap((node) => (node.type === 'table' ? [node.children.map((row) => row.children.length)] : []));

describe('hostile values in a report', () => {
  it('keep headings, blocks and columns in place, and never become markup', () => {
    const story = byHandIncident()
      .add('approval.recorded', { who: '', role: '', how: '', words: '', givenAt: 1e300 })
      .add('severity.changed', { from: 'P1', to: 'P0', reason: '' })
      .add('message.sent', { messageId: 'rollback-start', text: '', where: '' });
    story
      .add('runbook.defect', { stepId: 's', line: 3, was: '', becomes: '', comment: '' })
      .add('escalation.called', { who: '', how: '', reached: true, words: '' })
      .add('objection.raised', { who: '', words: '', answer: '' })
      .add('handover.given', { handoverId: '', by: '', host: '', to: '', reason: '' })
      .add('action-item.set', {
        itemId: 'a',
        what: '',
        type: null,
        owner: '',
        due: '',
        priority: null,
        link: '',
        done: false,
      });
    for (const { id } of REPORT_FIELDS) story.add('report.edited', { field: id, text: '' });
    const events = [...verifiedDrill().events.slice(0, -1), ...story.events.slice(1)].map((event, index) => ({
      ...event,
      seq: index + 1,
    })) as readonly IncidentEvent[];
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 5, maxLength: 40 }), (values) => {
        let index = 0;
        const next = (): string => values[index++ % values.length] ?? '';
        const built = treeOf(
          events.map((event) => poisoned(event, next)),
          poisonedRunbook(next),
        );
        const markdown = serialiseReport(built);
        const read = parser.parse(markdown);
        expect(headings(read)).toEqual(headings(built));
        expect(shape(read)).toEqual(shape(built));
        expect(tables(read)).toEqual(tables(built));
        const markup = [...kindsIn(read)].filter((kind) => !kindsIn(built).has(kind) && kind !== 'link');
        expect(markup).toEqual([]);
        expect(dressedLinks(read)).toEqual([]);
        expect(markdown).not.toMatch(/[\u0000\u200E\u200F\u202A-\u202E\u2066-\u2069]/);
      }),
      { numRuns: 25, endOnFailure: true },
    );
  }, 120_000);

  it('stay inside a fence, whatever fence they contain', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('`', '```', '~~~', '\n', 'x', ' ', '````'), { maxLength: 30 }), (pieces) => {
        const excerpt = `x${pieces.join('')}x`;
        const run = { runId: 'r', stepId: 's', commandId: 's#1', effect: 'change', shown: 'x', excerpt } as const;
        const read = parser.parse(serialiseReport(treeOf(new IncidentEvents().run(run).events)));
        const code = read.children.filter((node) => node.type === 'code').filter(({ lang }) => lang === 'text');
        expect(code.map((node) => node.value)).toEqual([excerpt]);
      }),
      { numRuns: 25, endOnFailure: true },
    );
  });
});
