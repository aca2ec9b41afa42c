import { readScript } from '../../check/script.ts';
import { databasesNamed, type NamedDatabase, targetsOf } from './client-arguments.ts';

/** The databases that shell text names in its own words, whichever client in it does; `$NAME` stays as it is. */
export const databasesIn = (text: string): readonly string[] => eachIn(text, databasesNamed);

/** All that would lead a client in the text elsewhere than to what PG* variables say: its words, or those set anew. */
export const targetsIn = (text: string): readonly string[] => [...eachIn(text, targetsOf), ...setAnew(text)];

/** The PG* variables that say where to, where the text sets them itself. */
export const setAnew = (text: string): readonly string[] =>
  [...text.matchAll(/\b(PG(?:HOST|HOSTADDR|PORT|DATABASE|USER|PASSWORD|PASSFILE|SERVICE|SERVICEFILE))=/g)].map(
    ([, name = '']) => name,
  );

const eachIn = (
  text: string,
  find: (tool: string, words: readonly string[]) => readonly NamedDatabase[],
): readonly string[] =>
  readScript(text).calls.flatMap(({ tool, args }) =>
    find(
      tool,
      args.map((arg) => arg.value),
    ).map(({ value }) => value),
  );
