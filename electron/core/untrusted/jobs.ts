/** The jobs for untrusted content: functions that in-thread.ts runs in a worker thread. */
import { adopt } from '#shared/runbook/adoption/adopt.ts';
import type { Answers } from '#shared/runbook/adoption/question.ts';
import { parseRunbook } from '#shared/runbook/parse.ts';
import type { Runbook } from '#shared/runbook/model.ts';
import { checkRunbook } from '#shared/runbook-check/check-runbook.ts';
import type { Finding } from '#shared/runbook-check/finding.ts';
import { correct } from '#shared/runbook-check/fix.ts';
import { KNOWN, type Knowledge } from '#shared/runbook-check/grammar/known-tools.ts';
import { programsOf } from '#shared/runbook-check/programs.ts';
import { inputsOf } from '#shared/runbook-check/rule-inputs.ts';
import type { PlainCall } from '#shared/runbook-check/script.ts';
import { unifiedDiff } from '#shared/runbook-check/unified-diff.ts';
import { readCheckedBundle } from '#core/handover/check-bundle.ts';
import { printed, type ToPrint } from '#core/runbooks/printed.ts';

interface Text {
  readonly raw: Uint8Array | string;
  /** Name of the file, for error messages. */
  readonly name: string;
}

interface Read {
  readonly model: Runbook;
  readonly source: string;
}

interface ToCheck extends Read {
  /** ms since the epoch. */
  readonly now: number;
  /** Tables of the installed tools, which replace those of known versions. */
  readonly probed?: ReadonlyMap<string, Knowledge>;
}

interface ToFix {
  /** The text of the file, and the repaired text. */
  readonly raw: string;
  readonly source: string;
  readonly name: string;
  readonly findings: readonly Finding[];
}

/** Input and answer are structured clones: no functions, no classes except Map and Set. */
export const JOBS = {
  /** The tree is most of the answer and rarely needed, so it is sent as JSON, which is fast to copy. */
  parse: ({ raw, name }: Text) => {
    const { tree, ...read } = parseRunbook(raw, name);
    return { ...read, tree: JSON.stringify(tree) };
  },
  calls: ({ model, source }: Read) => inputsOf(model, source).flatMap(({ script }) => script.calls.map(plainCall)),
  programs: ({ model }: Pick<Read, 'model'>) => programsOf(model),
  check: ({ model, source, now, probed }: ToCheck) =>
    checkRunbook(model, source, { now, knowledge: new Map([...KNOWN, ...(probed ?? [])]) }),
  fix: ({ raw, source, name, findings }: ToFix) => {
    const made = correct(source, findings);
    return { ...made, diff: unifiedDiff(raw, made.text, { from: `a/${name}`, to: `b/${name}` }) };
  },
  adopt: ({ raw, name, answers }: Text & { readonly answers: Answers }) => adopt(raw, name, answers),
  print: (input: ToPrint) => printed(input),
  bundle: ({ path, staging }: { readonly path: string; readonly staging: string }) => readCheckedBundle(path, staging),
} as const;

export type Job = keyof typeof JOBS;
export type InputOf<J extends Job> = Parameters<(typeof JOBS)[J]>[0];
export type AnswerOf<J extends Job> = Awaited<ReturnType<(typeof JOBS)[J]>>;

const plainCall = ({ tool, args }: PlainCall): PlainCall => ({
  tool,
  args: args.map(({ value, plain }) => ({ value, plain })),
});
