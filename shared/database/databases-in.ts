import { readScript } from '../truth/script.ts';
import { databasesNamed } from './client-arguments.ts';

/** The databases that shell text names in its own words, whichever client in it does; `$NAME` stays as it is. */
export const databasesIn = (text: string): readonly string[] =>
  readScript(text).calls.flatMap(({ tool, args }) =>
    databasesNamed(
      tool,
      args.map((arg) => arg.value),
    ).map(({ value }) => value),
  );
