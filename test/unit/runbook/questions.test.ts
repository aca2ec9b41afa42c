import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillBlanks, takenFromEnvironment } from '#shared/runbook/parser/questions.ts';
import { parseRunbook } from '#shared/runbook/parse.ts';

const fence = (text: string): string =>
  `# T\n\n## Option 1: Go\n\n1. **Go**\n   \`\`\`bash\n${text.replace(/^/gm, '   ')}\n   \`\`\`\n`;
const read = (text: string) => parseRunbook(fence(text), 't.md').model;

describe('the blanks of a command', () => {
  it.each([
    ['kubectl get deploy/<name> -n {{namespace}}', 'kubectl get deploy/"$NAME" -n "$NAMESPACE"', ['NAME', 'NAMESPACE']],
    ['git checkout [previous-tag]', 'git checkout "$PREVIOUS_TAG"', ['PREVIOUS_TAG']],
    ['fly status -a YOUR_APP', 'fly status -a "$APP"', ['APP']],
    ['aws s3 ls s3://your-backup-bucket/', 'aws s3 ls s3://"$BACKUP_BUCKET"/', ['BACKUP_BUCKET']],
    ['kubectl logs --namespace xxx pod/api', 'kubectl logs --namespace "$NAMESPACE" pod/api', ['NAMESPACE']],
    ['psql -c "select * from [table_name]s"', 'psql -c "select * from ${TABLE_NAME}s"', ['TABLE_NAME']],
    ["psql -c 'select * from [table_name]'", "psql -c 'select * from '\"$TABLE_NAME\"''", ['TABLE_NAME']],
    ['psql <<EOF\nselect <ORDER_ID>;\nEOF', 'psql <<EOF\nselect ${ORDER_ID};\nEOF', ['ORDER_ID']],
    ['ls <user>', 'ls "$USER_VALUE"', ['USER_VALUE']],
    ['NAME=<name>\necho $NAME', 'NAME="$NAME_VALUE"\necho $NAME', ['NAME_VALUE']],
    ['echo "Usage: quick [service-name]"', 'echo "Usage: quick [service-name]"', []],
    ["docker ps --format '{{.Names}}'", "docker ps --format '{{.Names}}'", []],
    ['sort <in >out', 'sort <in >out', []],
  ])('%s', (text, filled, names) => {
    const found = fillBlanks(text);
    expect(found.text).toBe(filled);
    expect([...new Set(found.questions.map(({ name }) => name))]).toEqual(names);
  });

  it('leaves a blank where no variable can stand, and says so', () => {
    const { left, questions } = fillBlanks("psql <<'EOF'\nselect <ORDER_ID>;\nEOF");
    expect([left, questions]).toEqual([['<ORDER_ID>'], []]);
    expect(read("psql <<'EOF'\nselect <ORDER_ID>;\nEOF").gaps.map(({ code }) => code)).toContain('placeholder');
  });

  it('takes no value that could end the text it is put into', () => {
    const pattern = (text: string, name: string): string => {
      const variable = read(text).settings.variables[name];
      return variable?.from === 'prompt' ? variable.pattern : '';
    };
    const evil = "x'; drop table orders; --";
    expect(new RegExp(`^(?:${pattern("psql -c 'select [my-table]'", 'MY_TABLE')})$`).test(evil)).toBe(false);
    expect(new RegExp(`^(?:${pattern('ssh web1 ls <my-folder>', 'MY_FOLDER')})$`).test('$(reboot)')).toBe(false);
    expect(new RegExp(`^(?:${pattern('ls <my-folder>', 'MY_FOLDER')})$`).test('My Files')).toBe(true);
    expect(new RegExp(`^(?:${pattern('ls <my-folder>', 'MY_FOLDER')})$`).test('--help')).toBe(false);
  });

  it('knows where everything stands in the text as written', () => {
    const word = fc.constantFrom('fly', '<app>', '[my-tag]', '{{name}}', '"x <a b>"', '-a', 'YOUR_APP', '\n', '$X');
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), (words) => {
        const text = words.join(' ');
        const filled = fillBlanks(text);
        expect(filled.written(filled.text.length)).toBe(text.length);
        let last = 0;
        for (let at = 0; at <= filled.text.length; at += 1) {
          expect(filled.written(at)).toBeGreaterThanOrEqual(last);
          last = filled.written(at);
        }
      }),
    );
  });
});

describe('the variables of a plain runbook', () => {
  it('asks for each once, with an example', () => {
    const { settings } = read('kubectl get deploy/<name> -n <name-space>\nkubectl get pods -n <name-space>');
    expect(Object.keys(settings.variables)).toEqual(['NAME', 'NAME_SPACE']);
    expect(settings.variables['NAME_SPACE']).toMatchObject({ from: 'prompt', secret: false });
    expect(settings.variables['NAME_SPACE']).toHaveProperty(
      'ask',
      'name-space, as in: kubectl get deploy/<name> -n <name-space>',
    );
  });

  it('asks for a variable that nothing declares, unless the environment has it', () => {
    const model = read('aws s3 ls --region $AWS_REGION ${PROFILE:-none}\nfor x in a; do echo $x; done');
    expect(Object.keys(model.settings.variables)).toEqual(['AWS_REGION']);
    expect(model.settings.variables['AWS_REGION']).toMatchObject({ from: 'prompt', environment: true });
    const taken = takenFromEnvironment(model, { AWS_REGION: 'eu-west-1' });
    expect(taken.settings.variables['AWS_REGION']).toEqual({ from: 'environment', secret: false });
    expect(takenFromEnvironment(model, {}).settings).toEqual(model.settings);
  });

  it('keeps secrets secret', () => {
    expect(
      read('curl -H "Authorization: <api-token>" https://x.example/').settings.variables['API_TOKEN'],
    ).toMatchObject({ secret: true });
  });
});
