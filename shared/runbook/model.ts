/**
 * The runbook model: the parser's result for one Markdown file, which an incident stores when it is declared.
 * Positions are in the repaired text: `line` counts from 1, `start` and `end` are UTF-16 offsets, `end` exclusive.
 */
import type { Expectation } from './expected.ts';
import type { Prose } from './parser/prose.ts';
import type { DatabaseSettings } from '../platforms/postgres/target.ts';
import type { StepKind } from '../steps/kinds.ts';
import type { RowReader, Service } from './service.ts';

/** Raised when the shape below changes so that stored models can no longer be read. */
export const MODEL_VERSION = 1;

export interface Place {
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

export type Severity = 'P0' | 'P1' | 'P2' | 'P3';

export interface Runbook {
  readonly version: typeof MODEL_VERSION;
  readonly title: string;
  /** Lines of the form `**Key**: value` before the first section. */
  readonly facts: readonly Fact[];
  readonly settings: Settings;
  readonly matrix: { readonly rows: readonly MatrixRow[] };
  readonly authority: readonly AuthorityRule[];
  readonly procedures: readonly Procedure[];
  readonly checklists: readonly Checklist[];
  readonly messages: readonly Message[];
  /** Commands outside procedures (checklists, common issues, tests); id `<section id>#<n>`. */
  readonly otherCommands: readonly Command[];
  /** Common issues and what helps; absent in models stored before issues were read. */
  readonly issues?: readonly Issue[];
  readonly sections: readonly Section[];
  /** Contiguous: concatenating source.slice(start, end) of all blocks gives the whole repaired text. */
  readonly blocks: readonly Block[];
  /** Work due after the mitigation, from headings with a time span; absent if there is none. */
  readonly followUps?: readonly FollowUpGroup[];
  /** What the parser could not find or understand; missing hints never make an import fail. */
  readonly gaps: readonly Gap[];
  /** True when symbols damaged by a MacRoman reading were repaired. */
  readonly repaired: boolean;
}

export interface Fact extends Place {
  readonly key: string;
  readonly value: string;
}

/** Front matter, after validation; see settings.ts for its JSON Schema. */
export interface Settings {
  readonly services: readonly Service[];
  readonly variables: Readonly<Record<string, Variable>>;
  readonly reviewEveryDays: number | null;
  /** YYYY-MM-DD. */
  readonly lastReviewed: string | null;
  /** Where maintenance mode is visible; absent if not declared. */
  readonly maintenance?: MaintenanceSign;
  /** The only database this runbook can roll back; absent if it has none. */
  readonly database?: DatabaseSettings;
}

/** The only proof of maintenance mode: what users see at the public address (product rule 10). */
export interface MaintenanceSign {
  readonly url: string;
  /** Text in the first 4,096 characters of the maintenance page, and nowhere on the normal page. */
  readonly marker: string;
}

/** Answers out of what the step with the id `of` printed; without `read`, every value in it. */
export interface Choices {
  readonly of: string;
  readonly read?: RowReader;
}

/** Where a `$NAME` in a command gets its value. Values are passed as arguments or environment, never spliced into shell text. */
export type Variable =
  | { readonly from: 'service.id' | 'service.health' | 'release.version' | 'release.image' }
  | {
      readonly from: 'prompt';
      readonly ask: string;
      readonly pattern: string;
      readonly secret: boolean;
      /** Not declared: taken from the environment where it has it. */
      readonly environment?: true;
      /** What a step printed is offered as answers; absent: the answer is typed. */
      readonly choices?: Choices;
    }
  | { readonly from: 'environment'; readonly secret: boolean };

export interface MatrixRow extends Place {
  readonly severity: Severity;
  readonly condition: string;
  readonly action: string;
  readonly target: Target;
  /** Ids of the procedures this row leads to, in order of preference; empty: fix forward. */
  readonly procedures: readonly string[];
}

/** A timeframe; `ms` is null when the row has no clock ("Next release"). */
export interface Target {
  readonly text: string;
  readonly ms: number | null;
}

/** One row of "who may decide", by severity or by procedure; the stricter wins. */
export interface AuthorityRule extends Place {
  readonly severities: readonly Severity[];
  readonly procedures: readonly string[];
  readonly approver: Approver;
  readonly text: string;
}

/** In rising order of strictness. */
export type Approver = 'anyone' | 'team-lead' | 'manager';

export interface Procedure extends Place {
  /** Explicit id or slug of the heading path; unique in the runbook. */
  readonly id: string;
  readonly title: string;
  /** use when, risk level, time required, ... as written. */
  readonly facts: readonly Fact[];
  readonly steps: readonly Step[];
}

export interface Step extends Place {
  /** `<procedure id>/<slug>`; unique in the runbook. */
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly kind: StepKind;
  readonly commands: readonly Command[];
  readonly checks: readonly Check[];
  readonly messages: readonly Message[];
  /** Length and checkpoints of a `watch`, in minutes; null for other kinds. */
  readonly watch: { readonly minutes: number; readonly checkpoints: readonly number[] } | null;
  /** For a kind that takes services: these, in order; absent: all, as declared. */
  readonly services?: readonly string[];
  /** For a kind that deploys several services: all at once instead of one after the other. */
  readonly parallel?: true;
  /** For a branch: its risk. */
  readonly risk?: string;
  /** For a `dashboard`: the address to open; may contain `$SERVICE`. */
  readonly link?: string;
  /** Its own text; not there: none is written, or the model is older than this field. */
  readonly prose?: Prose;
}

/** A section "Issue: ...": a known problem, and the branches that solve it. */
export interface Issue extends Place {
  /** The id of its section. */
  readonly id: string;
  readonly title: string;
  /** Its `**Symptoms**:` line, '' without one; its words are compared with the failure. */
  readonly symptoms: string;
  /** Codes of the error signatures that it names (`fits=image-gone`). */
  readonly fits: readonly string[];
  /** Its list items without commands. */
  readonly advice: readonly string[];
  /** In the order written; id `<issue id>/<slug>`. */
  readonly branches: readonly Step[];
}

export interface Command extends Place {
  /** `<step id>#<n>`, n from 1. */
  readonly id: string;
  /** The statement without comments, with a variable in place of each blank that a person is asked for. */
  readonly text: string;
  /** The statement as written, where that is not the same. */
  readonly written?: string;
  /** Blanks that are left in it: nobody is asked for them, and it cannot be run. Absent if there are none. */
  readonly left?: readonly string[];
  /** First plain word: fly, supabase, psql, ... */
  readonly tool: string;
  /** `words` can be spawned as an argument array; `script` needs bash. */
  readonly form: 'words' | 'script';
  readonly effect: 'read' | 'change' | 'unknown';
  /** What makes it dangerous, in the words of a sentence ("This deletes it"); absent: nothing known. */
  readonly danger?: string;
  /** Names of `$VARIABLES` used. */
  readonly variables: readonly string[];
  /** From the fence's info string, in ms: how long it usually takes, and when a read is stopped. */
  readonly usualMs: number | null;
  readonly timeoutMs: number | null;
  /** What counts as success; absent: exit code 0, with any output. */
  readonly expects?: Expectation;
  /** The command is the post-condition of its step, which has to become true within this time, in ms. */
  readonly proves?: { readonly withinMs: number };
  /** It has to run in the checkout that the settings name; absent: the default for its tool. */
  readonly runsIn?: 'checkout';
  /** The command that takes it back, as declared; absent: none is. It is shown, never run. */
  readonly undo?: string;
  /** The variable with the address of its database, whose parts go into PG* variables; absent: none. */
  readonly database?: string;
}

export interface Check extends Place {
  readonly id: string;
  readonly text: string;
  /** The bullets under it that are not checks themselves; absent if there are none. */
  readonly questions?: readonly string[];
  /** Its other text. */
  readonly prose?: Prose;
}

export interface Message extends Place {
  readonly id: string;
  readonly title: string;
  /** As written, with `[placeholders]` and `$VARIABLES`. */
  readonly text: string;
}

export interface Checklist extends Place {
  readonly id: string;
  readonly title: string;
  readonly items: readonly Check[];
}

/** "Within 1 hour": work that is due this long after the rollback became effective. */
export interface FollowUpGroup extends Place {
  readonly id: string;
  readonly title: string;
  readonly withinMs: number;
  /** The text of the section before and between its items. */
  readonly prose?: Prose;
  readonly items: readonly FollowUp[];
}

export interface FollowUp extends Place {
  /** `<section id>/<slug>`; unique among follow-ups. */
  readonly id: string;
  readonly title: string;
  /** Its exit criteria: it is done when all are checked. */
  readonly checks: readonly Check[];
  /** The other lines of its text. */
  readonly points: readonly string[];
  /** The same as it is written. */
  readonly prose?: Prose;
}

export interface Section extends Place {
  /** 1 to 6; 0 for the text before the first heading. */
  readonly level: number;
  readonly id: string;
  readonly title: string;
  /** `**Key**: value` lines directly under this heading: contacts, review dates, related documents. */
  readonly facts: readonly Fact[];
}

export interface Block extends Place {
  readonly kind:
    | 'front-matter'
    | 'heading'
    | 'paragraph'
    | 'list'
    | 'code'
    | 'table'
    | 'quote'
    | 'rule'
    | 'html'
    | 'space'
    | 'other';
}

export interface Gap {
  readonly line: number;
  readonly code: string;
  readonly message: string;
  readonly advice: string;
  /** Offsets in the source, if it is about certain words. */
  readonly at?: { readonly start: number; readonly end: number };
}
