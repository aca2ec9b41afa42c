/** Texts of the window contain no names of the code, which careless renaming can leave. */
import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, it } from 'vitest';

const FILES = globSync('renderer/**/*.tsx');
/** Components are named like their files: `CheckItem`. */
const NAMES = FILES.map((file) => basename(file, '.tsx')).filter((name) => /^(?:[A-Z][a-z]+){2,}$/.test(name));
const COMMENT = /\/\*[\s\S]*?\*\/|(?<!:)\/\/.*/g;
const IMPORT = /^(?:import|export) [\s\S]*?from '[^']*';$/gm;
/** Strings, templates, and text between tags or on a line of its own. */
const TEXT = /'[^'\n]*'|`[^`]*`|(?<==?"|>)[^<>{}"\n]+(?=["<])|^ +[A-Z][\w ]*$/gm;

it.each(FILES)('%s shows no name of a component', (file) => {
  const code = readFileSync(file, 'utf8').replace(COMMENT, '').replace(IMPORT, '');
  const texts = (code.match(TEXT) ?? []).map((text) => text.replaceAll(/\$\{[^}]*\}/g, ''));
  const shown = texts.filter((text) => NAMES.some((name) => new RegExp(`\\b${name}\\b`).test(text)));
  expect(shown).toEqual([]);
});
