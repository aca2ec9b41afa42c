/** The image and the health of each machine, shown while a deploy goes from machine to machine. */
import { type FlyImage, mayBeSameImage } from './image.ts';
import { type FlyStatus, imagesOf } from './status.ts';

export interface MachineNow {
  readonly id: string;
  readonly group: string;
  readonly state: string;
  /** `v10`, or the image where no release is known. */
  readonly image: string;
  readonly onTarget: boolean | null;
  readonly passing: number;
  readonly checks: number;
  /** Set when Fly's proxy sends it no requests. */
  readonly cordoned?: true | undefined;
}

/** `target` null: the target image is unknown. */
export const machinesNow = (status: FlyStatus, target: FlyImage | null): readonly MachineNow[] =>
  status.machines.map((machine) => ({
    id: machine.id,
    group: machine.group,
    state: machine.state,
    image: machine.releaseVersion === null ? machine.imageRef || machine.configImage : `v${machine.releaseVersion}`,
    onTarget: target === null ? null : imagesOf(machine).some((image) => mayBeSameImage(image, target)),
    passing: machine.checks.filter(({ status: is }) => is === 'passing').length,
    checks: machine.checks.length,
    ...(machine.cordoned === true ? { cordoned: true } : {}),
  }));
