/** Which end-to-end stories show what, for `npm test -- changed`. */

/** Every story that is not long. */
export const ALL = 'test/e2e/';
/** What the desktop app offers. */
const DESKTOP = 'test/desktop/';

const DATABASE = ['seed-08', 'seed-18', 'rule-02', 'rule-05', 'rule-09'];
const MAINTENANCE = ['seed-10', 'rule-10'];
const THROUGH_ALL = ['seed-07', 'seed-08', 'seed-09', 'rule-06', 'rule-15'];
const RUN = ['seed-07', 'seed-09', 'rule-03', 'rule-04', 'rule-05', 'rule-06', 'rule-15', 'output'];

/**
 * What was touched (the beginning of a path), and the stories that show it: beginnings of file names in test/e2e, or of
 * paths. The first row that fits counts; a file that none fits has no story.
 * @type {readonly (readonly [touched: string, stories: readonly string[]])[]}
 */
export const STORIES = [
  // What every screen is made of.
  ['renderer/app/', [ALL]],
  ['renderer/bridge', [ALL]],
  ['renderer/main.tsx', [ALL]],
  ['renderer/stores/', [ALL]],
  ['renderer/ui/', [ALL]],
  ['shared/contract/', [ALL]],
  ['build/bundle/', [ALL]],
  ['build/playwright.config.ts', [ALL, DESKTOP]],
  ['package-lock.json', [ALL, DESKTOP]],
  // What the stories are told with; pictures are no stories.
  ['test/e2e/picture', []],
  ['test/e2e/screenshots', []],
  ['test/e2e/', [ALL]],
  ['test/fixtures/live-', [ALL]],
  ['test/fixtures/process-environment.ts', [ALL, DESKTOP]],
  ['test/tools/hurried-ports.ts', [ALL]],
  ['test/tools/simulated-path.ts', [ALL]],
  ['test/tools/world-file.ts', [ALL]],
  ['test/tools/virtual-time.ts', [ALL]],
  ['test/tools/bin/', [ALL]],
  ['build/checks/browser.mjs', [ALL, DESKTOP]],
  ['build/checks/chromium-args.mjs', [ALL, DESKTOP]],
  ['test/desktop/hosts/', [ALL, DESKTOP]],
  ['test/desktop/', [DESKTOP]],
  ['test/electron-double/', [DESKTOP]],

  // Screens.
  ['renderer/features/clock/', [DESKTOP]],
  ['renderer/features/declare/', ['seed-02', 'seed-11-symptom', 'seed-13', 'seed-14', 'rule-13']],
  ['renderer/features/drills/', ['seed-13', 'seed-14', 'unattended']],
  ['renderer/features/home/', ['unattended', 'purge', 'handover', 'seed-07', 'seed-17', 'rule-15']],
  ['renderer/features/quick/', ['seed-15']],
  ['renderer/features/readiness/', ['readiness', 'rule-10']],
  ['renderer/features/reference/', ['finding', 'broken-store', 'seed-01', 'seed-17']],
  ['renderer/features/report/', ['access', 'purge', 'seed-12']],
  ['renderer/features/runbooks/', ['runbooks', 'rule-13', 'truth-check']],
  ['renderer/features/settings/', ['settings', 'truth-check']],
  ['renderer/features/truth/', ['truth-check']],
  // The wizard's larger parts; the rest of it is in nearly all stories.
  ['renderer/features/wizard/Approv', ['seed-03', 'rule-07']],
  ['renderer/features/wizard/ByHand', ['rule-08']],
  ['renderer/features/steps/ChangesBetween', ['rule-02']],
  ['renderer/features/wizard/Checklist', ['seed-03', 'seed-04', 'rule-07']],
  ['renderer/features/steps/Database', DATABASE],
  ['renderer/features/wizard/EvidenceList', ['seed-06', 'rule-11']],
  ['renderer/features/wizard/HandOver', ['handover']],
  ['renderer/features/wizard/LoginStep', ['rule-12']],
  ['renderer/features/wizard/Message', ['seed-05', 'rule-14']],
  ['renderer/features/steps/Migration', DATABASE],
  ['renderer/features/wizard/MissingTools', ['steering']],
  ['renderer/features/wizard/Output', RUN],
  ['renderer/features/wizard/Probe', ['seed-11-symptom']],
  ['renderer/features/steps/Restore', DATABASE],
  ['renderer/features/steps/SqlCard', DATABASE],
  ['renderer/features/wizard/Symptom', ['seed-11-symptom']],
  ['renderer/features/steps/Symptom', ['seed-11-symptom']],
  ['renderer/features/steps/System', ['seed-09']],
  ['renderer/features/steps/UndoCard', ['rule-02']],
  ['renderer/features/steps/WatchStep', ['seed-11', 'rule-01']],
  ['renderer/features/steps/', [ALL]],
  ['renderer/features/wizard/', [ALL]],

  // Hosts.
  ['electron/cli/', ['access', 'broken-store', 'unattended', 'seed-01', 'rule-13']],
  ['electron/loopback/', ['access', 'broken-store', 'policy', 'rule-06']],
  ['electron/desktop/', [DESKTOP]],

  // The core, and what it knows.
  ['electron/core/database/', DATABASE],
  ['shared/database/', DATABASE],
  ['electron/core/drills/', ['seed-13', 'seed-14']],
  ['shared/drills/', ['seed-13', 'seed-14']],
  ['shared/failures/', ['seed-16', 'rule-12']],
  ['shared/fly/', ['rule-01', 'rule-02', ...MAINTENANCE, ...RUN]],
  ['electron/core/handover/', ['handover']],
  ['electron/core/purge/', ['purge']],
  ['electron/core/login/', ['rule-12']],
  ['electron/core/notifications/', ['seed-05', 'rule-14']],
  ['shared/print/', ['seed-17']],
  ['electron/core/print/', ['seed-17']],
  ['electron/core/providers/', ['seed-02']],
  ['shared/providers/', ['seed-02']],
  ['electron/core/readiness/', ['readiness', 'rule-10']],
  ['shared/readiness/', ['readiness', 'rule-10']],
  ['electron/core/reports/', ['seed-06', 'seed-12']],
  ['shared/report/', ['seed-12']],
  ['electron/core/runbooks/', ['runbooks', 'rule-13', 'seed-17']],
  ['electron/core/runner/', RUN],
  ['electron/core/settings/', ['settings']],
  ['shared/settings/', ['settings']],
  [
    'electron/core/store/',
    ['access', 'broken-store', 'disk-full', 'full-store', 'unattended', 'purge', 'seed-17', 'rule-15'],
  ],
  ['electron/core/truth/', ['truth-check', 'rule-13']],
  ['shared/truth/', ['truth-check', 'rule-13']],
  ['electron/core/wakefulness/', ['rule-15']],
  ['electron/core/window/', ['access', 'policy']],
  // The rest shows in most stories: these few go through all of it.
  ['electron/core/', [...THROUGH_ALL, 'test/desktop/conformance/']],
  ['shared/', THROUGH_ALL],
];

/** What the tests of the documents import. */
export const DOCUMENTS = 'test/unit/documents/documents.ts';

/**
 * What Vitest's tests reach without importing it, and the files that stand for it: those that start it as a program or
 * read it. Data (scenarios, runbooks, fixtures) has no row: build/vitest.config.ts runs everything when it is touched.
 * @type {readonly (readonly [touched: string, files: readonly string[]])[]}
 */
export const REACHED = [
  ['electron/', ['test/fixtures/command-process.ts', 'test/integration/cli/drill.test.ts']],
  ['shared/', ['test/fixtures/command-process.ts', 'test/integration/cli/drill.test.ts']],
  ['build/setup/', ['test/integration/build/mini-project.ts']],
  ['build/start.mjs', ['test/integration/build/mini-project.ts']],
  ['build/rollbook.mjs', ['test/integration/build/mini-project.ts']],
  ['build/pack.mjs', ['test/integration/packaging/pack.test.ts']],
  ['build/electron-builder.yml', ['test/integration/packaging/pack.test.ts']],
  ['build/icons/', ['test/unit/build/icons.test.ts']],
  ['.github/workflows/', ['test/unit/build/workflows.test.ts']],
  ['test/tools/bin/', ['test/tools/simulated-path.ts']],
  ['test/e2e/', ['test/unit/build/changed.test.ts']],
  ['renderer/features/', ['test/unit/build/changed.test.ts']],
  // The documents name files, commands and scripts.
  ['build/', [DOCUMENTS]],
  ['electron/', [DOCUMENTS]],
  ['renderer/', [DOCUMENTS]],
  ['shared/', [DOCUMENTS]],
  ['test/', [DOCUMENTS]],
  ['package.json', [DOCUMENTS]],
];
