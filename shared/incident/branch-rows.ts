/** What the timeline says about branches, values and logins; rows of timeline-rows.ts. */
import type { BRANCH_SCHEMAS } from './branch-events.ts';
import { durationText } from './duration.ts';
import { always, attention, never, plain, type Row } from './timeline-row.ts';
import { because, titleOf } from './timeline-words.ts';

type Rows = { readonly [K in keyof typeof BRANCH_SCHEMAS]: Row<K> };

export const BRANCH_ROWS: Rows = {
  'branch.taken': {
    source: 'person',
    starred: always,
    tone: attention,
    text: (p, context) => `Another way for "${titleOf(p.stepId, context)}": ${p.title}${because(p.why)}`,
  },
  'branch.left': {
    source: 'person',
    starred: never,
    tone: plain,
    text: (p) => `Left "${p.title}"${because(p.reason)}`,
  },
  'values.given': {
    source: 'person',
    starred: never,
    tone: plain,
    text: (p) => {
      const each = Object.entries(p.values).map(([name, value]) => `${name} = ${value ?? '(secret, not kept)'}`);
      return `Given: ${each.join(', ')}`;
    },
  },
  'values.forgotten': {
    source: 'app',
    starred: never,
    tone: plain,
    text: (p) => `Asked again, as a secret is not kept: ${p.names.join(', ')}`,
  },
  'release.built': {
    source: 'app',
    starred: always,
    tone: plain,
    text: (p) => `The build made v${p.version} with ${p.image}`,
  },
  'sql.chosen': {
    source: 'app',
    starred: always,
    tone: plain,
    text: (p) => `SQL file ${p.file} looked through (sha256 ${p.sha256})`,
  },
  'restore.read': {
    source: 'app',
    starred: never,
    tone: (p) => (p.window === null ? 'attention' : 'plain'),
    text: (p) =>
      p.window === null
        ? `No moment of ${p.project} can be restored${because(p.problem ?? '')}`
        : `${p.project} can be restored to any moment from ${utc(p.window.from)} to ${utc(p.window.until)}`,
  },
  'restore.chosen': {
    source: 'person',
    starred: always,
    tone: attention,
    text: (p) =>
      `Restore ${p.project} to ${utc(p.to)}: what was written in ${durationText(p.lossMs)} is lost; ` +
      (p.approval === null
        ? `without approval${because(p.reason)}`
        : `approved by ${p.approval.who} (${p.approval.role}, ${p.approval.how})${because(p.approval.words)}`),
  },
  'login.opened': {
    source: 'app',
    starred: always,
    tone: attention,
    text: (p) =>
      p.terminal === null
        ? `The login of ${p.tool} has expired; no terminal could be opened, a person runs ${p.command}`
        : `The login of ${p.tool} has expired; ${p.command} opened in ${p.terminal}`,
  },
  'login.ended': {
    source: 'app',
    starred: always,
    tone: (p) => (p.who === null ? 'attention' : 'good'),
    text: (p) =>
      p.who === null
        ? `Not waiting for the login of ${p.tool}${because(p.reason)}`
        : `Logged in to ${p.tool} as ${p.who}`,
  },
};

const utc = (at: number): string => `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
