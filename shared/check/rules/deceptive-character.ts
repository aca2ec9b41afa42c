import { deceptiveIn } from '../../words/visible.ts';
import type { Rule } from '../rule.ts';

export const deceptiveCharacter: Rule = {
  name: 'deceptive-character',
  severity: 'error',
  about: 'A character that is not shown, or looks like another one, makes a command run something else than it reads.',
  bad: [
    'fly deploy -a shop\u200b --image registry.fly.io/shop:v9',
    'echo ok \u202e# gnihton tegdaw',
    'fly\u00a0releases -a shop',
    'curl -fsS -m 9 https://ex\u0430mple.com/health',
    'fly releases \u2013a shop',
    'curl -fsS -m 9 https://shop.example\u2215@evil.example/health',
    'echo \u001b[2K',
  ],
  good: [
    'echo "fertig \u2013 alles gut"',
    'echo "готово"',
    'psql -X "$URL" -c "select \'Zoë\'"',
    'echo "\u{1F6A8} down"',
    'fly releases -a shop',
  ],
  check: ({ script }) =>
    deceptiveIn(script.text).map(({ index, text, code, why }) => ({
      at: { pos: index, end: index + text.length },
      message:
        why === 'hidden'
          ? `It holds ${code}, which is not shown.`
          : `It holds ${code}, which looks like another character.`,
      fix: 'Take it out, or type the plain character instead.',
      source: 'Unicode Technical Report 36, Unicode Security Considerations',
    })),
};
