/**
 * What a package says of the repository that built it, by the variables of GitHub Actions: its home page, which a deb
 * must have, and where the app looks for a newer version. A package that was made elsewhere has neither.
 * @param {NodeJS.ProcessEnv} env
 * @returns {readonly string[]} arguments for electron-builder
 */
export function builtBy({ GITHUB_REPOSITORY: name = '', GITHUB_SERVER_URL: server, GITHUB_API_URL: api }) {
  if (!/^[\w.-]+\/[\w.-]+$/.test(name)) return [];
  return [
    `-c.extraMetadata.homepage=${server || 'https://github.com'}/${name}`,
    `-c.extraMetadata.rollbook.updateUrl=${api || 'https://api.github.com'}/repos/${name}/releases/latest`,
  ];
}
