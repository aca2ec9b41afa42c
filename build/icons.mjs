import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { ensureChromium, launchChromium } from './setup/chromium.mjs';
import { runScript } from './setup/failure.mjs';
import { inProject } from './setup/project.mjs';
import { makeReady } from './setup/ready.mjs';
import { ICNS_SIZES, icns } from './icons/icns.mjs';
import { ico } from './icons/ico.mjs';

/**
 * `node build/icons.mjs`: draws all icons from rollbook.svg and tray.svg. Run it after changing one of them, and commit
 * the result: packing must not need a browser.
 */

/** @typedef {import('./icons/ico.mjs').Picture} Picture */

const LINUX_SIZES = [16, 24, 32, 48, 64, 128, 256, 512];
const WINDOWS_SIZES = [16, 24, 32, 48, 64, 128, 256];
const TRAY_ICO_SIZES = [16, 24, 32];

/** Draws with Chromium, which is here for the tests anyway: an image library for Node would be one more native package. */
async function painter(/** @type {string} */ node) {
  ensureChromium(node);
  const browser = await launchChromium();
  const page = await browser.newPage();
  return {
    /** @returns {Promise<Picture>} */
    async paint(/** @type {string} */ svg, /** @type {number} */ size) {
      const { png, rgba } = await page.evaluate(drawInPage, { svg, size });
      return { size, png: Buffer.from(png, 'base64'), rgba: Buffer.from(rgba) };
    },
    close: () => browser.close(),
  };
}

/** Runs in the browser. */
async function drawInPage(/** @type {{ svg: string, size: number }} */ { svg, size }) {
  const image = new Image(size, size);
  image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = size;
  canvas.height = size;
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('There is no canvas.');
  context.drawImage(image, 0, 0, size, size);
  return {
    png: canvas.toDataURL('image/png').split(',')[1] ?? '',
    rgba: Array.from(context.getImageData(0, 0, size, size).data),
  };
}

function write(/** @type {string} */ name, /** @type {Buffer} */ bytes) {
  const file = inProject(`build/icons/${name}`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, bytes);
  process.stdout.write(`${name} ${bytes.length} bytes\n`);
}

await runScript(async () => {
  const node = await makeReady([]);
  const painting = await painter(node);
  const read = (/** @type {string} */ name) => readFileSync(inProject(`build/icons/${name}`), 'utf8');
  const [icon, tray] = [read('rollbook.svg'), read('tray.svg')];
  const many = (/** @type {string} */ svg, /** @type {readonly number[]} */ sizes) =>
    Promise.all(sizes.map((size) => painting.paint(svg, size)));

  for (const { size, png } of await many(icon, LINUX_SIZES)) write(`installer/icons/${size}x${size}.png`, png);
  write('installer/icon.ico', ico(await many(icon, WINDOWS_SIZES)));
  const mac = await many(icon, ICNS_SIZES);
  write('installer/icon.icns', icns(new Map(mac.map(({ size, png }) => [size, png]))));

  // Electron reads @2x and Template in the names: for dense displays, and for the macOS menu bar.
  for (const [name, size] of /** @type {const} */ ([
    ['trayTemplate.png', 16],
    ['trayTemplate@2x.png', 32],
  ]))
    write(`app/${name}`, (await painting.paint(tray, size)).png);
  for (const [name, size] of /** @type {const} */ ([
    ['tray.png', 24],
    ['tray@2x.png', 48],
  ]))
    write(`app/${name}`, (await painting.paint(icon, size)).png);
  write('app/tray.ico', ico(await many(icon, TRAY_ICO_SIZES)));
  await painting.close();
  return 0;
});
