/** A disk that is full for a while during a rollback: the timeline tells what really happened. */
import { describe, expect, it } from 'vitest';
import { AS_ON_AN_EMPTY_DISK, rollBackOnFullDisk } from '../../fixtures/full-disk-story.ts';

const TEN_MINUTES = 600_000;

const WRITES = [
  'act.asked',
  'run.intended',
  'run.started',
  'run.ended',
  'releases.read',
  'release.chosen',
  'proof.evaluated',
  'step.ended',
  'act.ended',
];

describe('a disk that is full from one write of a rollback on', () => {
  it.each(WRITES)('%s: everything is told as it was seen, and the release is deployed once', async (kind) => {
    const { refused, story } = await rollBackOnFullDisk((_nth, kinds) => kinds.includes(kind), TEN_MINUTES);
    expect(refused).toContain(kind);
    expect(story).toEqual(AS_ON_AN_EMPTY_DISK);
  });

  it('the end of the change itself: it is judged by what was seen', async () => {
    let changing = false;
    const { refused, story } = await rollBackOnFullDisk((_nth, kinds) => {
      changing ||= kinds.includes('release.chosen');
      return changing && kinds.includes('run.ended');
    }, TEN_MINUTES);
    expect(refused).toContain('run.ended');
    expect(story).toEqual(AS_ON_AN_EMPTY_DISK);
  });

  it('a reading before the change: the change is not started late, but when a person asks for it again', async () => {
    let changing = false;
    const { story, problems } = await rollBackOnFullDisk((_nth, kinds) => {
      const before = changing;
      changing ||= kinds.includes('release.chosen');
      return before && kinds.includes('run.intended');
    }, TEN_MINUTES);
    expect(problems).toEqual([expect.stringContaining('so the command was not started')]);
    expect(story).toEqual(AS_ON_AN_EMPTY_DISK);
  });
});
