import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const read = (name: string): Buffer =>
  readFileSync(fileURLToPath(new URL(`../../../build/icons/${name}`, import.meta.url)));
const PNG = '89504e470d0a1a0a';

/** Width and height of a PNG; fails on anything else. */
function sizeOfPng(bytes: Buffer): readonly [number, number] {
  expect(bytes.subarray(0, 8).toString('hex')).toBe(PNG);
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
}

describe('the icons in the repository', () => {
  it.each([16, 24, 32, 48, 64, 128, 256, 512])('has the Linux picture of %d px', (size) => {
    expect(sizeOfPng(read(`installer/icons/${size}x${size}.png`))).toEqual([size, size]);
  });

  it.each([
    ['app/tray.png', 24],
    ['app/tray@2x.png', 48],
    ['app/trayTemplate.png', 16],
    ['app/trayTemplate@2x.png', 32],
  ])('has %s', (name, size) => expect(sizeOfPng(read(name))).toEqual([size, size]));

  it.each([
    ['installer/icon.ico', [16, 24, 32, 48, 64, 128, 256]],
    ['app/tray.ico', [16, 24, 32]],
  ])('has a Windows icon whose pictures are where it says: %s', (name, sizes) => {
    const icon = read(name);
    expect([icon.readUInt16LE(0), icon.readUInt16LE(2), icon.readUInt16LE(4)]).toEqual([0, 1, sizes.length]);
    let end = 6 + 16 * sizes.length;
    for (const [index, size] of sizes.entries()) {
      const at = 6 + 16 * index;
      const [bytes, offset] = [icon.readUInt32LE(at + 8), icon.readUInt32LE(at + 12)];
      expect(offset).toBe(end);
      end += bytes;
      const picture = icon.subarray(offset, offset + bytes);
      if (size === 256) expect(sizeOfPng(picture)).toEqual([256, 256]);
      else
        expect([picture.readUInt32LE(0), picture.readInt32LE(4), picture.readInt32LE(8)]).toEqual([40, size, 2 * size]);
    }
    expect(end).toBe(icon.length);
  });

  it('has a macOS icon up to 1024 px, each part as long as it says', () => {
    const icon = read('installer/icon.icns');
    expect(icon.toString('latin1', 0, 4)).toBe('icns');
    expect(icon.readUInt32BE(4)).toBe(icon.length);
    const sizes: number[] = [];
    for (let at = 8; at < icon.length; at += icon.readUInt32BE(at + 4))
      sizes.push(sizeOfPng(icon.subarray(at + 8, at + icon.readUInt32BE(at + 4)))[0]);
    expect(sizes).toEqual([16, 32, 32, 64, 128, 256, 256, 512, 512, 1024]);
  });
});
