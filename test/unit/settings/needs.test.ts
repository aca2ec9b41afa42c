import { describe, expect, it } from 'vitest';
import { parseRunbook } from '#shared/runbook/parse.ts';
import { checkoutToolsOf, standsInCheckout } from '#shared/settings/needs.ts';

const commandsOf = (hint: string, text: string) =>
  parseRunbook(`# T\n\n\`\`\`bash${hint}\n${text}\n\`\`\`\n`, 'book.md').model;

describe('where a command runs', () => {
  it.each([
    ['', 'npm run smoke', 'if-set'],
    ['', 'git -C /code log', 'if-set'],
    ['', 'curl -fsS https://shop.example/health', 'never'],
    ['', 'fly deploy -a shop-test', 'never'],
    ['', 'git pull && fly deploy -a shop-test', 'never'],
    [' in=checkout', 'npm run smoke', 'always'],
    [' in=checkout', 'fly deploy -a shop-test', 'always'],
    [' in=checkout', './scripts/smoke.sh', 'always'],
    // Rule 3: the config of the running release, not a fly.toml that lies there.
    [' in=checkout', 'fly deploy -a shop --image "$IMAGE"', 'never'],
    [' in=checkout', 'fly deploy -a shop -i "$IMAGE"', 'never'],
  ])('fence "%s": %s', (hint, text, expected) => {
    const command = commandsOf(hint, text).procedures[0]?.steps[0]?.commands[0];
    expect(command === undefined ? null : standsInCheckout(command)).toBe(expected);
  });

  it('is told for each tool that goes to the checkout', () => {
    expect(checkoutToolsOf(commandsOf(' in=checkout', 'fly deploy -a shop-test\nnpm test'))).toEqual(['npm', 'fly']);
    expect(checkoutToolsOf(commandsOf('', 'fly deploy -a shop-test'))).toEqual([]);
  });
});
