/** Which commands of an issue are a restart that Rollbook can prove. */
import { describe, expect, it } from 'vitest';
import { parseRunbook } from '#shared/runbook/parse.ts';

const branchesOf = (...fences: readonly string[]) => {
  const written = fences.map((fence) => `\`\`\`bash${fence}\n\`\`\`\n`);
  const text = `# R\n\n## Option 1: Go back\n\n1. **Look**\n   \`\`\`bash\n   date\n   \`\`\`\n\n## Issue: it hangs\n\n${written.join('\n')}`;
  return parseRunbook(Buffer.from(text), 'r.md').model.issues?.[0]?.branches ?? [];
};

describe('a branch that restarts', () => {
  it.each([
    'kubectl rollout restart deployment/shop',
    'kubectl -n shop --context prod rollout restart deploy shop',
    'heroku restart --app shop',
    'heroku ps:restart web.1 -a shop',
    'fly machine restart 148e -a shop',
    'flyctl machines restart 148e --app shop',
    'fly apps restart shop',
    'systemctl restart shop',
    'sudo systemctl --no-block restart shop.service',
    'ssh web-1 "sudo systemctl restart shop"',
    'docker compose restart shop',
    'docker compose -f prod.yml restart',
    'docker-compose restart shop',
    'kubectl get pods\nkubectl rollout restart deployment/shop',
    'kubectl rollout restart deployment/shop && kubectl rollout status deployment/shop',
    'systemctl restart shop\nsystemctl restart shop-worker',
  ])('%s', (commands) => {
    expect(branchesOf(`\n${commands}`)).toMatchObject([{ kind: 'restart-service' }]);
  });

  it.each([
    'kubectl rollout undo deployment/shop',
    'kubectl rollout restart deployment/shop\nkubectl scale deployment/shop --replicas=5',
    'systemctl daemon-reload && systemctl restart shop',
    'systemctl stop shop',
    'docker compose up -d',
    'docker compose logs restart',
    'echo systemctl restart shop',
    'heroku releases --app restart',
    'restart-shop',
  ])('is not %s', (commands) => {
    expect(branchesOf(`\n${commands}`)).toMatchObject([{ kind: 'task' }]);
  });

  it('has what the runbook marks as its proof, and the kind that a fence names', () => {
    const [restart] = branchesOf('\nsystemctl restart shop', ' proof expect=active\nsystemctl is-active shop');
    expect(restart?.commands.map(({ text }) => text)).toEqual(['systemctl restart shop', 'systemctl is-active shop']);
    expect(branchesOf(' step=task\nsystemctl restart shop')).toMatchObject([{ kind: 'task' }]);
  });
});
