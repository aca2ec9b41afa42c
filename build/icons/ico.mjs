/**
 * An image of one size.
 * @typedef {object} Picture
 * @property {number} size width and height, px
 * @property {Buffer} png
 * @property {Buffer} rgba rows from the top, four bytes a pixel, alpha not multiplied
 */

const HEADER = 6;
const ENTRY = 16;
const BITMAP_HEADER = 40;

/**
 * Makes a Windows icon. The largest image (256) is a PNG; the others are bitmaps, because installers and old versions of
 * Windows read only those.
 * @param {readonly Picture[]} pictures at most 256 px
 */
export function ico(pictures) {
  const bodies = pictures.map((picture) => (picture.size >= 256 ? picture.png : bitmap(picture)));
  const head = Buffer.alloc(HEADER + ENTRY * pictures.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(pictures.length, 4);
  let offset = head.length;
  for (const [index, { size }] of pictures.entries()) {
    const at = HEADER + ENTRY * index;
    // 0 means 256.
    head.writeUInt8(size % 256, at);
    head.writeUInt8(size % 256, at + 1);
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(bodies[index]?.length ?? 0, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += bodies[index]?.length ?? 0;
  }
  return Buffer.concat([head, ...bodies]);
}

/** 32 bits per pixel from the bottom row up, then a mask of zeros, because the alpha channel is used instead. */
function bitmap(/** @type {Picture} */ { size, rgba }) {
  const head = Buffer.alloc(BITMAP_HEADER);
  head.writeUInt32LE(BITMAP_HEADER, 0);
  head.writeInt32LE(size, 4);
  // The format counts colors and mask as one image of twice the height.
  head.writeInt32LE(size * 2, 8);
  head.writeUInt16LE(1, 12);
  head.writeUInt16LE(32, 14);
  const colours = Buffer.alloc(size * size * 4);
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      const from = (y * size + x) * 4;
      const to = ((size - 1 - y) * size + x) * 4;
      colours[to] = rgba[from + 2] ?? 0;
      colours[to + 1] = rgba[from + 1] ?? 0;
      colours[to + 2] = rgba[from] ?? 0;
      colours[to + 3] = rgba[from + 3] ?? 0;
    }
  }
  const maskRow = Math.ceil(size / 32) * 4;
  return Buffer.concat([head, colours, Buffer.alloc(maskRow * size)]);
}
