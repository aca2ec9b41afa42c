import { has } from '../options.ts';
import { eachCall, type Rule } from '../rule.ts';
import type { Call, Script } from '../script.ts';
import { INTERACTIVE, nameOf } from '../interactive-programs.ts';

export const needsTerminal: Rule = {
  name: 'needs-terminal',
  severity: 'note',
  about:
    'A login, an editor or a prompt that needs a terminal: a person has to do it by hand. Graver where more commands follow: they would run on this machine instead of in the prompt.',
  bad: [
    'fly auth login',
    'supabase login',
    'fly ssh console -a shop',
    'psql "$DATABASE_URL"',
    'kubectl exec -it deploy/shop -- sh',
    'kubectl -n apps exec -it deploy/shop -- sh',
    'docker exec -it shop-db bash',
    'ssh deploy@web-1\nsudo systemctl restart shop',
    'oc -n shop debug node/web-1',
    'oc rsh -n shop deploy/shop',
    'sudo -i',
    'su - postgres',
    'vim /etc/shop.conf',
    'kubectl edit deployment shop',
    'mysql -u root shop',
  ],
  good: [
    'fly auth whoami --json',
    'supabase login --token "$TOKEN"',
    'fly auth login --help',
    'fly ssh console -a shop -C "date"',
    'psql "$DATABASE_URL" -X -c "select 1"',
    'psql "$DATABASE_URL" -AtXc "select 1"',
    'psql "$DATABASE_URL" < report.sql',
    'kubectl exec deploy/shop -- date',
    'docker exec shop-db psql -X -tc "select 1"',
    'ssh deploy@web-1 uptime',
    'ssh deploy@web-1 "sudo systemctl restart $UNIT"',
    'ssh deploy@web-1 < fix.sh',
    'ssh -N -L 5432:db:5432 bastion &',
    'oc rsh deploy/shop date',
    'oc debug node/web-1 -- chroot /host date',
    'sudo -u postgres psql -X -c "select 1"',
    'su - postgres -c "pg_ctl status"',
    'mysql -u root shop -e "select 1"',
    'top -bn1',
    'crontab -l',
  ],
  check: eachCall((call, { script, followed }) => {
    const helps = has(call, ['--help']) || (has(call, ['-h']) && !/^(?:psql|mysql|mariadb)$/.test(call.tool));
    const look = Object.hasOwn(INTERACTIVE, call.tool) ? INTERACTIVE[call.tool] : undefined;
    const need = helps ? null : (look?.(call) ?? null);
    if (need === null) return null;
    const { what, fix, source, opensPrompt } = need;
    const message = `${nameOf(call)} needs ${what}.`;
    const severity = opensPrompt === true ? graver(call, script, followed === true) : null;
    if (severity === null) return { at: call, message, fix, source };
    const lines = 'The lines after it are not typed into it: they run on this machine, after it has ended.';
    return { at: call, severity, message: `${message} ${lines}`, fix, source };
  }),
};

/**
 * `followed`: by a command of its own in the same code block. A line of the same script runs without a look in between,
 * and what stands below `ssh HOST` is always meant for the host. Null: nothing follows, or only what is for when this one has failed.
 */
function graver(call: Call, { calls, text }: Script, followed: boolean): 'error' | 'warning' | null {
  if (call.gate) return null;
  const newline = text.indexOf('\n', call.end);
  if (newline >= 0 && newline < (calls.at(-1)?.pos ?? 0)) return 'error';
  if (!followed) return null;
  return call.tool === 'ssh' ? 'error' : 'warning';
}
