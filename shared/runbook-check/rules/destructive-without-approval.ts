import { type Danger, dangerOfCommand } from '../../effects/effect.ts';
import type { Command, Runbook, Section } from '../../runbook/model.ts';
import { Lines } from '../../runbook/place.ts';
import { visit } from '../../runbook/shell.ts';
import type { FindingSeverity } from '../finding.ts';
import { readScript } from '../script.ts';
import type { RunbookProblem, RunbookRule, RunbookInput } from '../rule.ts';

const APPROVED = /\bapprov|\bconfirm|\bsign(?:ed)?[- ]?off\b|\bpermission\b|\bfour[- ]eyes\b|\bmanager/i;

const runbook = (before: string): string =>
  [
    '# Shop',
    '',
    '## Option 2: Database rollback',
    '',
    before,
    '',
    '1. **Go**',
    '   ```bash',
    '   supabase backups restore -t 1707407047',
    '   supabase projects list -o json',
    '   ```',
    '',
  ].join('\n');

export const destructiveWithoutApproval: RunbookRule = {
  name: 'destructive-without-approval',
  severity: 'error',
  about: 'A command that cannot be undone, in a place that asks for no approval or confirmation.',
  bad: [runbook('Use when the data is broken.')],
  good: [runbook('**Approval**: the manager has to agree.'), runbook('- [ ] Approved by the team lead')],
  check: (input) => {
    const { model, source } = input;
    const lines = new Lines(source);
    const steps = model.procedures.flatMap((procedure) => {
      const asked = model.authority.some(({ procedures }) => procedures.includes(procedure.id));
      return asked || APPROVED.test(proseOf(procedure, input))
        ? []
        : procedure.steps.flatMap(({ commands }) => commands);
    });
    const asks = new Map<Section | null, boolean>();
    const asksFor = (section: Section | null): boolean => {
      const asked = asks.get(section) ?? (section !== null && APPROVED.test(proseOf(section, input)));
      asks.set(section, asked);
      return asked;
    };
    const others = model.otherCommands.filter(
      (command) => command.danger !== undefined && !asksFor(sectionOf(model, command)),
    );
    return [...steps, ...others].flatMap((command) => problemsOf(command, lines, source));
  },
};

/** One for each call of a script that is dangerous, at its place. */
function problemsOf(command: Command, lines: Lines, source: string): readonly RunbookProblem[] {
  if (command.danger === undefined) return [];
  const found: RunbookProblem[] = [];
  const text = command.written ?? command.text;
  const own = new Lines(text);
  visit(readScript(text).tree, (node) => {
    const danger = node.type === 'Command' && node.name !== undefined ? dangerOfCommand(node) : null;
    if (danger === null) return;
    const written = text.slice(node.pos, node.end);
    found.push({
      ...placeOf(command, own, node, lines, source),
      shown: written,
      severity: gravityOf(danger),
      message: `This ${danger.what}, and nothing here asks for an approval or a confirmation.`,
      fix: 'Write who has to approve it: a line `**Approval**: ...`, or a check `- [ ] Approved by ...` before it.',
    });
  });
  return found;
}

/** What can be started again is worth a remark; what is deleted is not there again by itself. */
function gravityOf({ kind, what }: Danger): FindingSeverity {
  if (kind === 'destroys') return 'error';
  return what.startsWith('deletes') ? 'warning' : 'note';
}

/** A script in a list is indented in the source: its lines are counted, and the words are searched in theirs. */
function placeOf(
  { line, start, end }: Command,
  own: Lines,
  { pos, end: last }: { readonly pos: number; readonly end: number },
  lines: Lines,
  source: string,
): Pick<RunbookProblem, 'start' | 'end'> {
  const ownLine = own.lineOf(pos);
  if (ownLine === 1) return { start: start + pos, end: Math.min(end, start + last) };
  const from = lines.startOf(line + ownLine - 1);
  const until = lines.startOf(line + ownLine);
  const indent = /^[ \t>]*/.exec(source.slice(from, until))?.[0].length ?? 0;
  const at = Math.min(until - 1, from + indent + pos - own.startOf(ownLine));
  return { start: at, end: Math.max(at, Math.min(until, at + last - pos)) };
}

/** The deepest section that contains the command. */
function sectionOf({ sections }: Runbook, { start }: Command): Section | null {
  return sections.findLast((section) => section.start <= start && start < section.end) ?? null;
}

const proseOf = ({ start, end }: { readonly start: number; readonly end: number }, { source }: RunbookInput): string =>
  source.slice(start, end).replace(/^[ \t>]*```[\s\S]*?^[ \t>]*```/gm, '');
