/** Which end-to-end stories show what, for `npm test -- changed`. */

/** Every story that is not long. */
export const ALL = 'test/e2e/';
/** What the desktop app offers. */
const DESKTOP = 'test/desktop/';

const DATABASE = ['database-rollback', 'fallbacks', 'what-changed', 'clock-never-kills', 'database-on-postgres'];
const MAINTENANCE = ['maintenance-mode', 'maintenance-proven'];
const THROUGH_ALL = ['application-rollback', 'database-rollback', 'full-system', 'app-trouble', 'nothing-re-run'];
const RUN = [
  'application-rollback',
  'full-system',
  'empty-folder',
  'proof-never-vacuous',
  'clock-never-kills',
  'app-trouble',
  'nothing-re-run',
  'output',
];

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
  ['test/tools/accelerated-ports.ts', [ALL]],
  ['test/tools/simulated-path.ts', [ALL]],
  ['test/tools/cloud-file.ts', [ALL]],
  ['test/tools/virtual-time.ts', [ALL]],
  ['test/tools/bin/', [ALL]],
  ['build/checks/browser.mjs', [ALL, DESKTOP]],
  ['build/checks/chromium-args.mjs', [ALL, DESKTOP]],
  ['test/desktop/hosts/', [ALL, DESKTOP]],
  ['test/desktop/', [DESKTOP]],
  ['test/electron-double/', [DESKTOP]],

  // Screens, and the parts of the wizard.
  ['renderer/features/action-bar/', [ALL]],
  ['renderer/features/alternatives/', [ALL]],
  ['renderer/features/approvals/', ['approvals', 'checklist', 'settings', 'without-approval']],
  ['renderer/features/by-hand/', ['by-hand', 'runbook-check']],
  ['renderer/features/runbook-check/', ['runbook-check']],
  ['renderer/features/checklist/', ['approvals', 'checklist', 'steering', 'without-approval']],
  ['renderer/features/clocks/ClockScreen', [DESKTOP]],
  ['renderer/features/clocks/', [...RUN, DESKTOP]],
  ['renderer/features/database/', DATABASE],
  ['renderer/features/declare/', ['decision-matrix', 'symptom-probe', 'testing-procedures', 'drill-schedule', 'trust']],
  ['renderer/features/defects/', ['reference']],
  ['renderer/features/drills/', ['testing-procedures', 'drill-schedule', 'unattended']],
  ['renderer/features/evidence/', ['evidence-capture', 'evidence-never-delays']],
  ['renderer/features/follow-ups/', ['after-mitigation', 'checklist', 'report']],
  ['renderer/features/handover/', ['handover']],
  [
    'renderer/features/home/',
    ['unattended', 'purge', 'handover', 'application-rollback', 'reference', 'nothing-re-run'],
  ],
  ['renderer/features/messages/', ['messages', 'drills-do-not-shout', 'checklist']],
  ['renderer/features/obligations/', ['approvals', 'maintenance-proven', 'quick-rollback', 'without-approval']],
  ['renderer/features/output/', RUN],
  ['renderer/features/procedures/', ['decision-matrix', 'full-system']],
  ['renderer/features/quick/', ['quick-rollback']],
  ['renderer/features/readiness/', ['readiness', 'maintenance-proven']],
  ['renderer/features/reference/', ['finding', 'broken-store', 'contacts-and-escalation', 'reference']],
  ['renderer/features/releases/', ['way-back', 'what-changed', ...RUN]],
  ['renderer/features/report/', ['access', 'purge', 'report']],
  ['renderer/features/resolve/', ['after-mitigation', 'application-rollback', 'checklist', 'report']],
  ['renderer/features/runbooks/', ['runbooks', 'trust', 'runbook-check']],
  ['renderer/features/settings/', ['settings', 'runbook-check']],
  ['renderer/features/severity/', ['decision-matrix', 'without-approval']],
  ['renderer/features/symptom/', ['application-rollback', 'common-issues', 'symptom-probe']],
  ['renderer/features/timeline/', ['access', 'application-rollback', 'disk-full', 'report']],
  ['renderer/features/tools/', ['expired-login', 'steering']],
  ['renderer/features/watch/', ['after-mitigation', 'symptom-probe', 'way-back']],
  // The rest of the wizard is in nearly all stories.
  ['renderer/features/steps/System', ['full-system']],
  ['renderer/features/steps/UndoCard', ['what-changed']],
  ['renderer/features/steps/', [ALL]],
  ['renderer/features/wizard/', [ALL]],

  // Hosts.
  ['electron/cli/', ['access', 'broken-store', 'unattended', 'contacts-and-escalation', 'trust']],
  ['electron/loopback/', ['access', 'broken-store', 'policy', 'app-trouble']],
  ['electron/desktop/', [DESKTOP]],

  // The core, and what it knows.
  ['electron/core/steps/choose-migration', DATABASE],
  ['electron/core/steps/dump-tables', DATABASE],
  ['electron/core/steps/identify-database', DATABASE],
  ['electron/core/steps/restore-database', DATABASE],
  ['electron/core/steps/run-manual-sql', DATABASE],
  ['electron/core/steps/run-rollback-sql', DATABASE],
  ['electron/core/steps/verify-database', DATABASE],
  ['electron/core/platforms/postgres/', DATABASE],
  ['electron/core/platforms/supabase/', DATABASE],
  ['electron/core/platforms/status-pages', ['decision-matrix']],
  ['electron/core/platforms/', [...RUN, ...MAINTENANCE]],
  ['shared/platforms/postgres/', DATABASE],
  ['shared/platforms/supabase/', [...DATABASE, 'expired-login']],
  ['shared/platforms/fly/', ['way-back', 'what-changed', ...MAINTENANCE, ...RUN]],
  ['shared/platforms/status-page', ['decision-matrix']],
  ['shared/platforms/', ['common-issues', 'expired-login']],
  ['electron/core/drills/', ['testing-procedures', 'drill-schedule']],
  ['shared/drills/', ['testing-procedures', 'drill-schedule']],
  ['electron/core/handover/', ['handover']],
  ['electron/core/purge/', ['purge']],
  ['electron/core/login/', ['expired-login']],
  ['electron/core/notifications/', ['messages', 'drills-do-not-shout']],
  ['shared/print/', ['reference']],
  ['electron/core/readiness/', ['readiness', 'maintenance-proven']],
  ['shared/readiness/', ['readiness', 'maintenance-proven']],
  ['electron/core/reports/', ['evidence-capture', 'report']],
  ['shared/report/', ['report']],
  ['electron/core/runbooks/', ['runbooks', 'trust', 'reference']],
  ['electron/core/runner/keep-awake', ['nothing-re-run']],
  ['electron/core/runner/', RUN],
  ['electron/core/settings/', ['settings']],
  ['shared/settings/', ['settings']],
  [
    'electron/core/store/',
    ['access', 'broken-store', 'disk-full', 'full-store', 'unattended', 'purge', 'reference', 'nothing-re-run'],
  ],
  ['electron/core/check/', ['runbook-check', 'trust']],
  ['shared/check/', ['runbook-check', 'trust']],
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
