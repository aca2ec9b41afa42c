/**
 * Checks the built page against the content security policy it is served with (no inline code or styles, no eval): a
 * breach fails the build instead of showing a blank window. Also removes `crossorigin`, which the protocol of the desktop
 * app does not support.
 * @returns {import('vite').Plugin}
 */
export function pagePolicy() {
  return {
    name: 'rollbook-page-policy',
    enforce: 'post',
    transformIndexHtml: {
      order: 'post',
      handler: (html) => html.replaceAll(/ crossorigin(="[^"]*")?/g, ''),
    },
    generateBundle(_options, bundle) {
      const breaches = Object.values(bundle).flatMap((file) => {
        if (file.type === 'chunk') return breachesOfScript(file.fileName, file.code, Object.keys(file.modules));
        return file.fileName.endsWith('.html') ? breachesOfHtml(file.fileName, String(file.source)) : [];
      });
      if (breaches.length > 0) this.error(`The page would break its content security policy:\n${breaches.join('\n')}`);
    },
  };
}

/**
 * @param {string} name
 * @param {string} code
 * @param {readonly string[]} modules ids of the modules in this file
 */
export function breachesOfScript(name, code, modules) {
  const breaches = [];
  if (/\bnew Function\(/.test(code)) breaches.push(`${name} makes code from text (new Function).`);
  if (/(^|[^.\w$])eval\(/m.test(code)) breaches.push(`${name} calls eval.`);
  const zod = modules.find((id) => /[\\/]node_modules[\\/]zod[\\/]/.test(id));
  // zod tries `eval` when it is loaded; the window needs only the types of the API.
  if (zod !== undefined) breaches.push(`${name} contains zod (${zod}); import the API with \`import type\`.`);
  const builtin = modules.find((id) => id.startsWith('node:') || id.includes('__vite-browser-external'));
  if (builtin !== undefined) breaches.push(`${name} imports a module of Node (${builtin}).`);
  return breaches;
}

/** @returns {string[]} */
export function breachesOfHtml(/** @type {string} */ name, /** @type {string} */ html) {
  const breaches = [];
  if (/<script(?![^>]*\ssrc=)/i.test(html)) breaches.push(`${name} has an inline script.`);
  if (/<style[\s>]/i.test(html)) breaches.push(`${name} has an inline style sheet.`);
  if (/<[^>]+\s(style|on\w+)=/i.test(html)) breaches.push(`${name} has a style or on... attribute.`);
  if (/<(script|link|img)[^>]+(src|href)="https?:/i.test(html))
    breaches.push(`${name} loads something from the network.`);
  return breaches;
}
