/**
 * The fields of the report that only people can fill in. Their texts are in `state.reportFields[id]` (event
 * `report.edited`); an empty field prints its question, never invented text.
 */

export type FieldSection =
  | 'head'
  | 'summary'
  | 'impact'
  | 'decision'
  | 'root-cause'
  | 'resolution'
  | 'communications'
  | 'lessons'
  | 'defects';

export interface ReportField {
  readonly id: string;
  readonly section: FieldSection;
  readonly title: string;
  /** Shown for the empty field, in the window and in the report. */
  readonly question: string;
  /**
   * `line`: one line. `text`: Markdown-free paragraphs. `items`: one item a line. Action items are data: see
   * actions.ts.
   */
  readonly form: 'line' | 'text' | 'items';
}

export const REPORT_FIELDS = [
  {
    id: 'author',
    section: 'head',
    title: 'Author',
    question: 'Who writes this report?',
    form: 'line',
  },
  {
    id: 'reviewers',
    section: 'head',
    title: 'Reviewed by',
    question: 'Who has read it and agrees, and when? Until then it is a draft.',
    form: 'line',
  },
  {
    id: 'impact',
    section: 'head',
    title: 'Impact',
    question: 'In one line: how many users were affected, and what could they not do?',
    form: 'line',
  },
  {
    id: 'summary',
    section: 'summary',
    title: 'Summary',
    question: 'In two or three sentences and without blame: what happened, whom did it touch, how did it end?',
    form: 'text',
  },
  {
    id: 'impact.users',
    section: 'impact',
    title: 'Users affected',
    question: 'How many users, and what share of all?',
    form: 'line',
  },
  {
    id: 'impact.functions',
    section: 'impact',
    title: 'Functions lost',
    question: 'Which functions did not work, or only partly?',
    form: 'line',
  },
  {
    id: 'impact.data',
    section: 'impact',
    title: 'Data lost or wrong',
    question: 'Was data lost or damaged, and from when to when (UTC)?',
    form: 'line',
  },
  {
    id: 'impact.errors',
    section: 'impact',
    title: 'Error rate before and after',
    question: 'What were error rate and latency before, during and after?',
    form: 'line',
  },
  {
    id: 'impact.tickets',
    section: 'impact',
    title: 'Support requests',
    question: 'How many people reported it?',
    form: 'line',
  },
  {
    id: 'detection',
    section: 'impact',
    title: 'Detection',
    question: 'Who or what noticed it first, and why not earlier?',
    form: 'line',
  },
  {
    id: 'decision.why',
    section: 'decision',
    title: 'Why this way',
    question: 'Why this way back and not another one? What was known then?',
    form: 'text',
  },
  {
    id: 'decision.objections',
    section: 'decision',
    title: 'Objections',
    question: 'Who else had a strong objection, and why was it decided anyway? Write "none" if there was none.',
    form: 'items',
  },
  {
    id: 'cause.trigger',
    section: 'root-cause',
    title: 'Trigger',
    question: 'Which change or event set it off?',
    form: 'text',
  },
  {
    id: 'cause.contributing',
    section: 'root-cause',
    title: 'Contributing factors',
    question: 'What else had to be so for this to happen? One a line; there is rarely only one.',
    form: 'items',
  },
  {
    id: 'resolution.temporary',
    section: 'resolution',
    title: 'Temporary',
    question: 'What holds for now, and until when may it stay so?',
    form: 'text',
  },
  {
    id: 'resolution.permanent',
    section: 'resolution',
    title: 'Permanent',
    question: 'What is the lasting fix, and when is it in service?',
    form: 'text',
  },
  {
    id: 'communications.other',
    section: 'communications',
    title: 'Told outside Rollbook',
    question: 'Who else was told, where and when?',
    form: 'text',
  },
  {
    id: 'lessons.well',
    section: 'lessons',
    title: 'What went well',
    question: 'What helped and should stay? One a line.',
    form: 'items',
  },
  {
    id: 'lessons.badly',
    section: 'lessons',
    title: 'What went badly',
    question: 'What cost time or made it worse? One a line.',
    form: 'items',
  },
  {
    id: 'lessons.lucky',
    section: 'lessons',
    title: 'Where we got lucky',
    question: 'What could as well have gone wrong? One a line.',
    form: 'items',
  },
  {
    id: 'lessons.surprising',
    section: 'lessons',
    title: 'What surprised us',
    question: 'What was not as we thought it was? One a line.',
    form: 'items',
  },
  {
    id: 'defects',
    section: 'defects',
    title: 'More about the runbook',
    question: 'What else was missing or unclear in it? One a line.',
    form: 'items',
  },
] as const satisfies readonly ReportField[];

type ReportFieldId = (typeof REPORT_FIELDS)[number]['id'];

export const fieldsOf = (section: FieldSection): readonly (ReportField & { readonly id: ReportFieldId })[] =>
  REPORT_FIELDS.filter((field) => field.section === section);
