import { expect, it } from 'vitest';
import { shortDigests } from '../../../renderer/ui/Command.tsx';

it('shortens a long digest, and nothing else', () => {
  const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;
  expect(shortDigests(`registry/app@${digest}`)).toBe('registry/app@sha256:012345…cdef');
  expect(shortDigests('app:deployment-01K7EQGZ5T3WJ8R4P2Y6S0KHVA')).toBe('app:deployment-01K7EQ…KHVA');
  for (const same of ['fly deploy --image app:v9', 'deployment-01K7', 'sha256:abc'])
    expect(shortDigests(same)).toBe(same);
});
