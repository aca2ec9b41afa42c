/** For `npm test -- changed`: which end-to-end stories show which files. */

/** All stories that are not long. */
export const ALL_STORIES = 'test/e2e/';
/** The specs of the desktop app. */
const DESKTOP = 'test/desktop/';

const DATABASE = ['database-rollback', 'fallbacks', 'what-changed', 'clock-never-kills', 'database-on-postgres'];
const MAINTENANCE = ['maintenance-mode', 'maintenance-proven'];
const WHOLE_ROLLBACKS = ['application-rollback', 'database-rollback', 'full-system', 'app-trouble', 'nothing-re-run'];
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
 * Each row has the start of a path, and the stories that show the files there: the starts of their names in test/e2e, or of
 * their paths. The first row that matches a file counts; without one no story shows it.
 * @type {readonly (readonly [path: string, stories: readonly string[]])[]}
 */
export const STORIES = [
  // Every screen uses these.
  ['renderer/app/', [ALL_STORIES]],
  ['renderer/bridge', [ALL_STORIES]],
  ['renderer/main.tsx', [ALL_STORIES]],
  ['renderer/stores/', [ALL_STORIES]],
  ['renderer/ui/', [ALL_STORIES]],
  ['shared/api/', [ALL_STORIES]],
  ['build/bundle/', [ALL_STORIES]],
  ['build/playwright.config.ts', [ALL_STORIES, DESKTOP]],
  ['package-lock.json', [ALL_STORIES, DESKTOP]],
  // Fixtures of the stories. Screenshots are not stories.
  ['test/e2e/picture', []],
  ['test/e2e/screenshots', []],
  ['test/e2e/', [ALL_STORIES]],
  ['test/fixtures/live-', [ALL_STORIES]],
  ['test/fixtures/process-environment.ts', [ALL_STORIES, DESKTOP]],
  ['test/tools/accelerated-ports.ts', [ALL_STORIES]],
  ['test/tools/simulated-path.ts', [ALL_STORIES]],
  ['test/tools/cloud-file.ts', [ALL_STORIES]],
  ['test/tools/virtual-time.ts', [ALL_STORIES]],
  ['test/tools/bin/', [ALL_STORIES]],
  ['build/setup/chromium.mjs', [ALL_STORIES, DESKTOP]],
  ['test/desktop/hosts/', [ALL_STORIES, DESKTOP]],
  ['test/desktop/', [DESKTOP]],
  ['test/electron-double/', [DESKTOP]],

  // Screens, and the parts of the wizard.
  ['renderer/features/action-bar/', [ALL_STORIES]],
  ['renderer/features/adoption/', ['adoption']],
  ['renderer/features/alternatives/', [ALL_STORIES]],
  ['renderer/features/approvals/', ['approvals', 'checklist', 'settings', 'without-approval']],
  ['renderer/features/by-hand/', ['by-hand', 'runbook-check']],
  ['renderer/features/runbook-check/', ['runbook-check']],
  ['renderer/features/checklist/', ['approvals', 'checklist', 'steering', 'without-approval']],
  ['renderer/features/clocks/ClockScreen', [DESKTOP]],
  ['renderer/features/clocks/', [...RUN, DESKTOP]],
  ['renderer/features/database/', DATABASE],
  [
    'renderer/features/declare/',
    [
      'decision-matrix',
      'errors-in-place',
      'keyboards',
      'plain-runbook',
      'symptom-probe',
      'testing-procedures',
      'drill-schedule',
      'trust',
    ],
  ],
  ['renderer/features/defects/', ['reference']],
  ['renderer/features/drills/', ['testing-procedures', 'drill-schedule', 'drill-from-incident', 'unattended']],
  ['renderer/features/evidence/', ['evidence-capture', 'evidence-never-delays']],
  ['renderer/features/follow-ups/', ['after-mitigation', 'checklist', 'report']],
  ['renderer/features/handover/', ['handover']],
  [
    'renderer/features/home/',
    ['unattended', 'purge', 'handover', 'application-rollback', 'reference', 'nothing-re-run'],
  ],
  ['renderer/features/messages/', ['messages', 'drills-do-not-shout', 'checklist']],
  ['renderer/features/obligations/', ['approvals', 'maintenance-proven', 'quick-rollback', 'without-approval']],
  ['renderer/features/output/', [...RUN, 'layout']],
  ['renderer/features/procedures/', ['decision-matrix', 'full-system']],
  ['renderer/features/picture/', ['incident-strip', 'layout']],
  ['renderer/features/quick/', ['quick-rollback']],
  ['renderer/features/readiness/', ['readiness', 'maintenance-proven']],
  ['renderer/features/reference/', ['finding', 'broken-store', 'contacts-and-escalation', 'reference']],
  ['renderer/features/releases/', ['way-back', 'what-changed', ...RUN]],
  ['renderer/features/report/', ['access', 'purge', 'report']],
  ['renderer/features/resolve/', ['after-mitigation', 'application-rollback', 'checklist', 'report']],
  ['renderer/features/runbooks/', ['runbooks', 'trust', 'runbook-check', 'adoption']],
  ['renderer/features/settings/', ['settings', 'runbook-check']],
  ['renderer/features/severity/', ['decision-matrix', 'without-approval']],
  ['renderer/features/symptom/', ['application-rollback', 'common-issues', 'symptom-probe']],
  ['renderer/features/timeline/', ['access', 'application-rollback', 'disk-full', 'report']],
  ['renderer/features/tools/', ['expired-login', 'steering']],
  ['renderer/features/watch/', ['after-mitigation', 'symptom-probe', 'watch-monitor', 'way-back']],
  // The rest of the wizard is in nearly all stories.
  ['renderer/features/steps/System', ['full-system']],
  ['renderer/features/steps/UndoCard', ['what-changed']],
  ['renderer/features/steps/', [ALL_STORIES]],
  ['renderer/features/wizard/', [ALL_STORIES]],

  // Hosts.
  ['electron/cli/', ['access', 'broken-store', 'unattended', 'contacts-and-escalation', 'trust']],
  ['electron/loopback/', ['access', 'broken-store', 'policy', 'app-trouble']],
  ['electron/desktop/', [DESKTOP]],

  // The core and shared code.
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
  ['shared/platforms/generic/', ['plain-runbook']],
  ['shared/platforms/', ['common-issues', 'expired-login']],
  ['electron/core/drills/', ['testing-procedures', 'drill-schedule', 'drill-from-incident']],
  ['shared/recordings/', ['drill-from-incident']],
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
  ['electron/core/runbooks/', ['runbooks', 'trust', 'reference', 'adoption']],
  ['electron/core/runner/keep-awake', ['nothing-re-run']],
  ['electron/core/runner/', RUN],
  ['electron/core/settings/', ['settings']],
  ['shared/settings/', ['settings']],
  [
    'electron/core/store/',
    ['access', 'broken-store', 'disk-full', 'full-store', 'unattended', 'purge', 'reference', 'nothing-re-run'],
  ],
  ['electron/core/runbook-check/', ['runbook-check', 'trust']],
  ['shared/runbook-check/', ['runbook-check', 'trust']],
  ['electron/core/window/', ['access', 'policy']],
  // Most stories use the other files; these few use all of them.
  ['electron/core/', [...WHOLE_ROLLBACKS, 'test/desktop/conformance/']],
  ['shared/', WHOLE_ROLLBACKS],
];

/** Imported by all tests of the documents. */
export const DOCUMENT_TESTS = 'test/unit/documents/documents.ts';

/**
 * Files that tests run as programs or read, instead of importing them, with files that those tests do import. Data
 * (scenarios, runbooks, fixtures) needs no row: build/vitest.config.ts runs all tests when it changes.
 * @type {readonly (readonly [path: string, users: readonly string[]])[]}
 */
export const HIDDEN_DEPENDENCIES = [
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
  // Documents name files, commands and scripts.
  ['build/', [DOCUMENT_TESTS]],
  ['electron/', [DOCUMENT_TESTS]],
  ['renderer/', [DOCUMENT_TESTS]],
  ['shared/', [DOCUMENT_TESTS]],
  ['test/', [DOCUMENT_TESTS]],
  ['package.json', [DOCUMENT_TESTS]],
];
