type Ask = () => Promise<boolean>;

let ask: Ask = () => Promise.resolve(false);
let underWay: Promise<boolean> | null = null;

/** Who puts the question "is it really you?" on the screen; its answer is false when the person turns away. */
export function whenProofIsAsked(act: Ask): void {
  ask = act;
}

/** Whether the person has just proved again who they are. However many requests wait for it, they are asked once. */
export function askProof(): Promise<boolean> {
  underWay ??= ask().finally(() => {
    underWay = null;
  });
  return underWay;
}
