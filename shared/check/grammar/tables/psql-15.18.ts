/** From the help of psql 15.18, by test/tools/collect-grammar.mjs. */
import type { ToolTable } from '../table.ts';

export const PSQL_15_18: ToolTable = {
  tool: 'psql',
  version: '15.18',
  global: '',
  shortened: true,
  pages: {
    '': '-c= --command= -d= --dbname= -f= --file= -l --list -v= --set= --variable= -V --version -X --no-psqlrc -1 --single-transaction -? --help --help= -a --echo-all -b --echo-errors -e --echo-queries -E --echo-hidden -L= --log-file= -n --no-readline -o= --output= -q --quiet -s --single-step -S --single-line -A --no-align --csv -F= --field-separator= -H --html -P= --pset= -R= --record-separator= -t --tuples-only -T= --table-attr= -x --expanded -z --field-separator-zero -0 --record-separator-zero -h= --host= -p= --port= -U= --username= -w --no-password -W --password',
  },
};
