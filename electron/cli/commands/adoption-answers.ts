/** The file of `rollbook adopt --answers`: one JSON object, from the id of a question to its answer. */
import { z } from 'zod';
import { RollbookError } from '#shared/api/result.ts';
import type { Answers } from '#shared/runbook/adoption/question.ts';
import { readRegular } from '#core/files/read-regular.ts';
import { invocation } from '../invocation.ts';

const MOST_BYTES = 1024 * 1024;
const schema = z.record(z.string(), z.string());

/** Codes: `unreadable-file`, `bad-arguments`. */
export function answersIn(path: string): Answers {
  const parsed = schema.safeParse(jsonIn(path));
  if (parsed.success) return parsed.data;
  const at = parsed.error.issues[0]?.path.join('.') ?? '';
  throw new RollbookError(
    'bad-arguments',
    at === '' ? `${path} is not an object of answers.` : `${path}: the answer to ${at} is not a text.`,
    `Write one object: {"services.shop.health": "https://shop.example/up"}. \`${invocation()} adopt FILE --json\` lists the ids.`,
  );
}

function jsonIn(path: string): unknown {
  let text: string;
  try {
    text = readRegular(path, MOST_BYTES).toString('utf8');
  } catch (thrown) {
    const { code, message } = thrown as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'there is no such file' : message;
    throw new RollbookError('unreadable-file', `${path} cannot be read: ${why}.`, 'Check the path.');
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new RollbookError('bad-arguments', `${path} is not JSON.`, 'Check its commas, quotes and braces.');
  }
}
