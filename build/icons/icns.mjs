/** The types of PNG blocks in a macOS icon, with sizes in px. The second type of a size is for dense displays. */
const TYPES = /** @type {const} */ ([
  ['icp4', 16],
  ['icp5', 32],
  ['ic11', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic08', 256],
  ['ic13', 256],
  ['ic09', 512],
  ['ic14', 512],
  ['ic10', 1024],
]);

export const ICNS_SIZES = [...new Set(TYPES.map(([, size]) => size))];

/**
 * Makes a macOS icon.
 * @param {ReadonlyMap<number, Buffer>} pngs by size, for all ICNS_SIZES
 */
export function icns(pngs) {
  const parts = TYPES.map(([type, size]) => {
    const png = pngs.get(size);
    if (png === undefined) throw new Error(`The icon lacks its picture of ${size} px.`);
    return block(type, png);
  });
  return block('icns', Buffer.concat(parts));
}

function block(/** @type {string} */ type, /** @type {Buffer} */ body) {
  const head = Buffer.alloc(8);
  head.write(type, 'latin1');
  head.writeUInt32BE(body.length + 8, 4);
  return Buffer.concat([head, body]);
}
