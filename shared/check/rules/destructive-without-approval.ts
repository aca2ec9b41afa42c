import type { Command, Runbook, Section } from '../../runbook/model.ts';
import type { RunbookProblem, RunbookRule, RunbookInput } from '../rule.ts';

/** Commands that cannot be undone, as people write them, whether they exist or not. */
const DESTRUCTIVE: readonly (readonly [RegExp, string])[] = [
  [/\bsupabase\s+(?:db|backups?)\s+restore\b/, 'replaces the database by an older one'],
  [
    /\bsupabase\s+db\s+reset\b(?!(?:(?!\bsupabase\s).)*--local)(?=(?:(?!\bsupabase\s).)*--(?:linked|remote|db-url))/,
    'empties the database',
  ],
  [/\bsupabase\s+migrations?\s+down\b(?!(?:(?!\bsupabase\s).)*--local)/, 'empties the database'],
  [/\bsupabase\s+projects\s+delete\b/, 'deletes the project'],
  [/\b(?:drop\s+(?:table|schema|database|column)|truncate\s+(?:table\s+)?\w)/i, 'deletes data'],
  [/\bdelete\s+from\s+[\w."]+\s*(?:;|["']|$)/i, 'deletes every row of a table'],
  [/\bpg_restore\b(?:(?!\bpg_restore\b).)*(?:--clean|\s-c\b)/, 'drops what it restores'],
  [/\b(?:dropdb|mkfs[\w.-]{0,20})\s/, 'deletes everything in it'],
  [/\bfly(?:ctl)?\s+(?:apps?|machines?|volumes?|postgres|mpg)\s+(?:destroy|delete)\b/, 'destroys it for good'],
  [/\bgit\s+push\b(?:(?!\bgit\s+push\b).)*(?:--force(?!-with-lease)|\s-f\b)/, 'overwrites the history others work on'],
  [/\bkubectl\s+(?:-\S+\s+\S+\s+){0,20}delete\b/, 'deletes it'],
  [
    /\bdocker\s+(?:system|volume|image)\s+prune\b/,
    'deletes images that no container uses, the one to go back to among them',
  ],
  [/\brm\s+-(?=[a-qs-zA-QS-Z0-9_]*[rR])\w+\s+\//, 'deletes a whole folder'],
];
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
    const { model } = input;
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
      (command) => problemOf(command).length > 0 && !asksFor(sectionOf(model, command)),
    );
    return [...steps, ...others].flatMap((command) => problemOf(command));
  },
};

function problemOf({ text, start, end }: Command): readonly RunbookProblem[] {
  const what = DESTRUCTIVE.find(([pattern]) => pattern.test(text))?.[1];
  if (what === undefined) return [];
  return [
    {
      start,
      end,
      message: `This ${what}, and nothing here asks for an approval or a confirmation.`,
      fix: 'Write who has to approve it: a line `**Approval**: ...`, or a check `- [ ] Approved by ...` before it.',
    },
  ];
}

/** The deepest section that contains the command. */
function sectionOf({ sections }: Runbook, { start }: Command): Section | null {
  return sections.findLast((section) => section.start <= start && start < section.end) ?? null;
}

const proseOf = ({ start, end }: { readonly start: number; readonly end: number }, { source }: RunbookInput): string =>
  source.slice(start, end).replace(/^[ \t>]*```[\s\S]*?^[ \t>]*```/gm, '');
