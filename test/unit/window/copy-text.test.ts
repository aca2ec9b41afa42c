import { afterEach, expect, it, vi } from 'vitest';
import { copyText } from '../../../renderer/ui/CopyButton.tsx';

afterEach(() => vi.unstubAllGlobals());

it('what is copied hides nothing and moves no cursor where it is pasted', async () => {
  const writeText = vi.fn<(text: string) => Promise<void>>(() => Promise.resolve());
  vi.stubGlobal('navigator', { clipboard: { writeText } });
  expect(await copyText('fly status\u202e -a shop\u200b \u001b[31mred\u001b[0m \u001b[2K')).toBe(true);
  expect(writeText.mock.calls).toEqual([['fly status⟨U+202E⟩ -a shop⟨U+200B⟩ red ⟨U+001B⟩[2K']]);
});
