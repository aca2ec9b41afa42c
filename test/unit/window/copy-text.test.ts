import { afterEach, expect, it, vi } from 'vitest';
import { copyRich, copyText } from '../../../renderer/ui/CopyButton.tsx';

afterEach(() => vi.unstubAllGlobals());

it('what is copied hides nothing and moves no cursor where it is pasted', async () => {
  const writeText = vi.fn<(text: string) => Promise<void>>(() => Promise.resolve());
  vi.stubGlobal('navigator', { clipboard: { writeText } });
  expect(await copyText('fly status\u202e -a shop\u200b \u001b[31mred\u001b[0m \u001b[2K')).toBe(true);
  expect(writeText.mock.calls).toEqual([['fly status⟨U+202E⟩ -a shop⟨U+200B⟩ red ⟨U+001B⟩[2K']]);
});

it('rich text is copied in both forms, and hides nothing either', async () => {
  const copied: Record<string, Blob>[] = [];
  vi.stubGlobal('ClipboardItem', function keep(parts: Record<string, Blob>) {
    copied.push(parts);
  });
  vi.stubGlobal('navigator', { clipboard: { write: () => Promise.resolve() } });
  expect(await copyRich({ html: '<p>v9\u202e</p>', text: 'v9\u202e' })).toBe(true);
  expect(await copied[0]?.['text/html']?.text()).toBe('<p>v9⟨U+202E⟩</p>');
  expect(await copied[0]?.['text/plain']?.text()).toBe('v9⟨U+202E⟩');
  vi.stubGlobal('navigator', { clipboard: { write: () => Promise.reject(new Error('denied')) } });
  expect(await copyRich({ html: '', text: '' })).toBe(false);
});
